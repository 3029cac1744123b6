import type { Field, Operation } from '../../../api';
import { fits } from '../../contract/support/samples';

/** A value that the field takes, so that nothing is refused that could have travelled. */
export function valueFor(field: Field): unknown {
	return field.name === 'path' ? '/some/path' : fits(field);
}

/** True for a field of which one of several must be there, the first of them, as a person would fill it in. */
export function isNeeded({ needs = [] }: Operation, { name }: Field): boolean {
	return needs.some(([first]) => first === name);
}

/** What a flow must set: what SMTP2GO refuses the call without. */
export function required(operation: Operation): Record<string, object> {
	const fields = operation.fields.filter((field) => field.required || isNeeded(operation, field));
	return Object.fromEntries(
		fields.map((field) => [field.name, { type: 'jsonata', value: JSON.stringify(valueFor(field)) }]),
	);
}
