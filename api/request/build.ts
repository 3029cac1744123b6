/** Builds the exact JSON body of a call from the values of its fields. */
import { invalid, Smtp2goError } from '../core/errors';
import { failure, success, type Result } from '../core/result';
import { emailFields } from '../catalogue/messages/email';
import { formatNumber } from '../core/format';
import type { Field, Operation, OperationBase } from '../catalogue/types';
import { encode, sizeOf, type Body } from './body';
import type { Wire, WireObject } from '../files/wire';
import { isCustomCall, readCustomCall } from './custom';
import { shown } from '../core/invisible';
import { encodedPerson } from '../formats/phrases';
import { kinds } from '../kinds';
import { wrong, type ReadContext } from '../kinds/reader';

/** The maximum size of a body in bytes: 50 MB for email, 1 MB for other calls (provider's changelog of 2026-06-11). */
const MAX_EMAIL_BYTES = 50_000_000;
const MAX_OTHER_BYTES = 1_000_000;

/** A body ready to be sent. */
export interface BuiltRequest {
	/** The operation to call: the given one, or the one that a custom call names. */
	readonly operation: Operation;
	/** The body. Files are not encoded yet. */
	readonly fields: WireObject;
	/** Options about the response, by field name. They are not sent. */
	readonly responseOptions: WireObject;
	/** The size of the body in bytes, known before anything is encoded. */
	readonly bytes: number;
	/**
	 * Writes the body: JSON text, `{}` if no field has a value, or bytes if it contains files. Each call encodes it
	 * again, so call it once, just before the request is sent.
	 */
	encode(): Promise<Result<Body>>;
}

/** Values that were read: what travels, and options about the response. */
interface Read {
	readonly body: WireObject;
	readonly responseOptions: WireObject;
}

/** What the user sets for all values of a call. */
export type ReadOptions = Pick<ReadContext, 'country'>;

/** What readers may need beside a value. */
export function readContext(now: number, options: ReadOptions = {}): ReadContext {
	return {
		...options,
		now,
		readEmail: (values) => {
			const read = readFields(emailFields, values, readContext(now));
			return read.ok ? success(read.value.body) : read;
		},
	};
}

/**
 * Adds Reply-To, which is not a field of the API but a header of the email (contract, `custom_headers`). Setting both
 * is an error.
 */
function withReplyTo(body: WireObject, replyTo: readonly Wire[]): Result<WireObject> {
	const headers = (body['custom_headers'] ?? []) as { header: string; value: string }[];
	if (headers.some(({ header }) => header.toLowerCase() === 'reply-to')) {
		return failure(
			invalid('reply_to', 'Reply To is set twice, as a field and as a custom header. Remove one of them'),
		);
	}
	return success({
		...body,
		custom_headers: [
			{ header: 'Reply-To', value: replyTo.map((person) => encodedPerson(String(person))).join(', ') },
			...headers,
		],
	});
}

/** Reads all fields in the order of the catalog, so that equal values produce equal bytes on every host. */
function readFields(
	fields: readonly Field[],
	values: Readonly<Record<string, unknown>>,
	context: ReadContext,
): Result<Read> {
	let body: WireObject = {};
	const responseOptions: WireObject = {};
	const unknown = Object.keys(values).find(
		(name) => values[name] !== undefined && !fields.some((field) => field.name === name),
	);
	if (unknown !== undefined) return failure(invalid(unknown, `${shown(unknown)} is not a field of this operation`));
	let replyTo: Wire | undefined;
	for (const field of fields) {
		const given =
			(Object.hasOwn(values, field.name) ? values[field.name] : undefined) ??
			(field.assumed ? field.default : undefined);
		const value =
			given === undefined || given === null ? success(undefined) : kinds[field.kind].read(given, field, context);
		if (!value.ok) return value;
		if (field.required && (value.value === undefined || value.value === '')) return wrong(field, 'is required');
		if (field.kind === 'replyTo') replyTo = value.value;
		else if (value.value !== undefined) (field.local ? responseOptions : body)[field.name] = value.value;
	}
	if (replyTo !== undefined) {
		const withHeader = withReplyTo(body, replyTo as Wire[]);
		if (!withHeader.ok) return withHeader;
		body = withHeader.value;
	}
	return success({ body, responseOptions });
}

/** Returns the error of the first group in which no field has a value. */
function unmetNeed({ fields, needs = [] }: OperationBase, body: WireObject): Smtp2goError | undefined {
	const group = needs.find((names) => names.every((name) => body[name] === undefined || body[name] === ''));
	if (group === undefined) return undefined;
	const labels = group.map((name) => fields.find((field) => field.name === name)?.label ?? name);
	return invalid(group[0] ?? '', `At least one of these is required: ${labels.join(', ')}`);
}

/**
 * Returns the error of a period that ends before it starts. Both times are in UTC and the same format, so they compare
 * as text.
 */
function reversedPeriod({ fields }: OperationBase, body: WireObject): Smtp2goError | undefined {
	const [start, end] = ['start_date', 'end_date'].map((name) =>
		fields.find((field) => field.name === name && field.kind === 'dateTime'),
	);
	if (
		!start ||
		!end ||
		typeof body[start.name] !== 'string' ||
		typeof body[end.name] !== 'string' ||
		String(body[start.name]) <= String(body[end.name])
	)
		return undefined;
	const message = `${start.label} (${String(body[start.name])}) is after ${end.label} (${String(body[end.name])})`;
	return new Smtp2goError('invalid', message, {
		fieldErrors: [start, end].map(({ name }) => ({ field: name, message })),
	});
}

/** Returns the label of the largest field. */
function largest({ fields }: Operation, body: WireObject): string {
	const sizes = Object.entries(body).map(([name, value]) => ({ name, size: sizeOf(value) }));
	const { name } = sizes.reduce((one, other) => (other.size > one.size ? other : one), { name: '', size: 0 });
	return fields.find((field) => field.name === name)?.label ?? name;
}

/** Reads and checks the values of an operation. */
function readChecked(
	operation: OperationBase,
	values: Readonly<Record<string, unknown>>,
	context: ReadContext,
): Result<Read> {
	const read = readFields(operation.fields, values, context);
	if (!read.ok) return read;
	const { body } = read.value;
	const problem = unmetNeed(operation, body) ?? reversedPeriod(operation, body);
	return problem ? failure(problem) : read;
}

/**
 * Reads the values of an operation that is not a single call.
 * @param values by API field name; `undefined` and `null` mean not set, and text is accepted for any kind
 * @param now milliseconds since 1970, for dates that must be in the future
 * @returns the values that are set, or an `invalid` error that names the field
 */
export function readInput(
	operation: OperationBase,
	values: Readonly<Record<string, unknown>>,
	now: number,
): Result<WireObject> {
	const read = readChecked(operation, values, readContext(now));
	return read.ok ? success({ ...read.value.body, ...read.value.responseOptions }) : read;
}

/**
 * Builds the body of a call.
 * @param values by API field name; `undefined` and `null` mean not set, and text is accepted for any kind
 * @param now milliseconds since 1970, for dates that must be in the future
 * @param options the default country of phone numbers
 * @returns an `invalid` error that names the field if a value is invalid; nothing is dropped silently
 */
export function buildRequest(
	operation: Operation,
	values: Readonly<Record<string, unknown>>,
	now: number,
	options: ReadOptions = {},
): Result<BuiltRequest> {
	const read = readChecked(operation, values, readContext(now, options));
	if (!read.ok) return read;
	const { body, responseOptions } = read.value;
	if (!isCustomCall(operation)) return toRequest(operation, body, responseOptions);
	const call = readCustomCall(body);
	return call.ok ? toRequest(call.value.operation, call.value.body, responseOptions) : call;
}

/** Returns the maximum size of the body of a call in bytes. */
export function bodyLimit({ path }: Operation): number {
	return path.startsWith('/email') ? MAX_EMAIL_BYTES : MAX_OTHER_BYTES;
}

/** Returns the request if its body is not larger than SMTP2GO accepts. */
export function toRequest(
	operation: Operation,
	fields: WireObject,
	responseOptions: WireObject = {},
): Result<BuiltRequest> {
	const bytes = sizeOf(fields);
	const limit = bodyLimit(operation);
	if (bytes > limit) {
		return failure(
			new Smtp2goError(
				'invalid',
				`The request has ${formatNumber(bytes)} bytes; SMTP2GO accepts at most ${formatNumber(limit)}. ` +
					`Most of it is in ${largest(operation, fields)}`,
				{
					hint: 'Base64 makes attachments a third larger. Send fewer or smaller files, or send URLs instead',
				},
			),
		);
	}
	return success({ operation, fields, responseOptions, bytes, encode: () => encode(fields) });
}
