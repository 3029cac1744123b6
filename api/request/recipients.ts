/**
 * How many people one send may reach: what is allowed is said by the flow, so that a value from outside cannot make one
 * recipient many.
 */
import { Smtp2goError } from '../core/errors';
import { emailFields } from '../catalogue/messages/email';
import { failure, success, type Result } from '../core/result';
import { wireEntries, type WireObject } from '../files/wire';
import type { BuiltRequest } from './build';
import { isRecord } from '../core/json';
import type { Field } from '../catalogue/types';

/** What a send may reach. */
export interface RecipientLimits {
	/** True where the field To takes one only. */
	readonly one?: boolean | undefined;
	/** The maximum for all fields together. */
	readonly max?: number | undefined;
}

/** A field, and how many people it names. */
interface Counted {
	readonly field: Field;
	readonly count: number;
}

/** How many recipients each field of one email or text message has. */
function count(fields: readonly Field[], body: WireObject): Counted[] {
	return fields
		.filter(({ kind }) => kind === 'recipients' || kind === 'phoneNumbers')
		.map((field) => ({ field, count: wireEntries(body[field.name]).length }));
}

function refused({ name }: Field, message: string, hint: string): Smtp2goError {
	return new Smtp2goError('invalid', message, {
		hint: `Nothing was sent. ${hint}`,
		fieldErrors: [{ field: name, message }],
	});
}

/** Why one email or text message reaches too many. */
function problemOf(
	counted: readonly Counted[],
	{ one, max }: RecipientLimits,
	where: string,
): Smtp2goError | undefined {
	const many = one ? counted.find(({ field, count }) => field.required && count > 1) : undefined;
	if (many)
		return refused(
			many.field,
			`${where}${many.field.label} has ${many.count} recipients, but only one is allowed`,
			'Enter one recipient, or turn off One Recipient Only',
		);
	const all = counted.reduce((sum, { count }) => sum + count, 0);
	const [first] = counted;
	if (max === undefined || all <= max || first === undefined) return undefined;
	const each = counted
		.filter(({ count }) => count > 0)
		.map(({ field, count }) => `${field.label} ${count}`)
		.join(', ');
	return refused(
		first.field,
		`${where}There are ${all} recipients (${each}), but at most ${max} ${max === 1 ? 'is' : 'are'} allowed`,
		'Enter fewer recipients, or increase Maximum Recipients',
	);
}

/**
 * The same request, if it reaches no more than it may. In a batch each email counts by itself.
 * @returns an `invalid` error that says how many came, and in which field
 */
export function withinRecipients(request: BuiltRequest, limits: RecipientLimits): Result<BuiltRequest> {
	const { operation, fields } = request;
	const emails = wireEntries(fields['emails']);
	const problems =
		emails.length === 0
			? [problemOf(count(operation.fields, fields), limits, '')]
			: emails.map((email, index) =>
					isRecord(email)
						? problemOf(count(emailFields, email as WireObject), limits, `Entry ${index + 1}: `)
						: undefined,
				);
	const problem = problems.find((one) => one !== undefined);
	return problem ? failure(problem) : success(request);
}
