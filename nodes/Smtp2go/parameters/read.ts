import type { IExecuteFunctions } from 'n8n-workflow';

/** The parameters of one run that hold no expression: their raw values, and what they read as. */
interface Fixed {
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly values: Map<string, unknown>;
}

const runs = new WeakMap<IExecuteFunctions, Fixed>();

function holdsExpression(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=');
	return typeof raw === 'object' && raw !== null && Object.values(raw).some(holdsExpression);
}

/** What is known of the parameters of a run. */
function fixedOf(context: IExecuteFunctions): Fixed {
	const run = runs.get(context) ?? { parameters: context.getNode().parameters, values: new Map<string, unknown>() };
	runs.set(context, run);
	return run;
}

/** True where a collection of the form holds an option, whatever its value. */
export function isAdded(context: IExecuteFunctions, collection: string, option: string): boolean {
	const added = fixedOf(context).parameters[collection];
	return typeof added === 'object' && added !== null && Object.hasOwn(added, option);
}

/**
 * A parameter of the node for one item. Only an expression can differ from item to item: any other value is read once
 * per run, since n8n resolves and checks a parameter on every read.
 * @param name may be a path, as in `templateData.value`
 */
export function parameter(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
	fallback: unknown,
	options?: { skipValidation?: boolean },
): unknown {
	const run = fixedOf(context);
	const key = options?.skipValidation ? `${name} as it is` : name;
	if (run.values.has(key)) return run.values.get(key);
	const value: unknown = context.getNodeParameter(name, itemIndex, fallback, options);
	if (!holdsExpression(run.parameters[name.split('.')[0] ?? name])) run.values.set(key, value);
	return value;
}
