/** Reads the parameters of a node, for one item at a time. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { fixedParameters, type FixedParameters } from '../state/process-state';

function hasExpression(saved: unknown): boolean {
	if (typeof saved === 'string') return saved.startsWith('=');
	return typeof saved === 'object' && saved !== null && Object.values(saved).some(hasExpression);
}

/** The parameters of this run that hold no expression. */
function fixedParametersOf(context: IExecuteFunctions): FixedParameters {
	const known = fixedParameters.get(context);
	if (known) return known;
	const parameters = { saved: context.getNode().parameters, resolved: new Map<string, unknown>() };
	fixedParameters.set(context, parameters);
	return parameters;
}

/** True if the user added an option to a collection, whatever its value. */
export function isAdded(context: IExecuteFunctions, collection: string, option: string): boolean {
	const added = fixedParametersOf(context).saved[collection];
	return typeof added === 'object' && added !== null && Object.hasOwn(added, option);
}

/**
 * Reads a parameter for one item. n8n resolves and checks a parameter on every read. Only an expression can differ from
 * item to item, so any other value is read once per run.
 * @param name can be a path, such as `templateData.value`
 */
export function readParameter(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
	fallback: unknown,
	options?: { skipValidation?: boolean },
): unknown {
	const { saved, resolved } = fixedParametersOf(context);
	const key = options?.skipValidation ? `${name} without validation` : name;
	if (resolved.has(key)) return resolved.get(key);
	const value: unknown = context.getNodeParameter(name, itemIndex, fallback, options);
	if (!hasExpression(saved[name.split('.')[0] ?? name])) resolved.set(key, value);
	return value;
}
