/** Limits the recipients of one send. The flow sets the limit, so that a value from outside cannot add recipients. */
import { Smtp2goError } from '../core/errors';
import { emailFields } from '../catalogue/messages/email';
import { failure, success, type Result } from '../core/result';
import { wireEntries, type WireObject } from '../files/wire';
import type { BuiltRequest } from './build';
import { isRecord } from '../core/json';
import type { Field } from '../catalogue/types';

/** The limits of recipients. */
export interface RecipientLimits {
	/** True if To accepts only one recipient. */
	readonly one?: boolean | undefined;
	/** The maximum of all fields together. */
	readonly max?: number | undefined;
}

/** A field and its number of recipients. */
interface Counted {
	readonly field: Field;
	readonly count: number;
}

/** Counts the recipients in each field of an email or text message. */
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

/** Returns the error of an email or text message with too many recipients. */
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
 * Returns the request if it is within the limits. In a batch, each email is counted separately.
 * @returns an `invalid` error that says how many recipients there are, and in which field
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
