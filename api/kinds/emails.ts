/** Reads the emails of a batch. */
import { parseExactJson } from '../core/exact';
import { isRecord, mayBeJson, typeNameOf } from '../core/json';
import { success } from '../core/result';
import type { WireObject } from '../files/wire';
import { toList, withinCount, wrong, wrongValue, type KindReader } from './reader';

/** Every email is read as Send reads its own. An error names its place, counted from 1. */
export const readEmails: KindReader = (value, field, { readEmail }) => {
	const emails: WireObject[] = [];
	const list = toList(
		typeof value === 'string' ? ((mayBeJson(value) ? parseExactJson(value) : undefined) ?? []) : value,
		() => [],
	);
	if (list.length === 0) return wrong(field, 'must be a list of emails');
	const counted = withinCount(
		list.map(() => null),
		field,
	);
	if (!counted.ok) return counted;
	for (const [index, email] of list.entries()) {
		if (!isRecord(email))
			return wrong(field, `must be a list of emails, but entry ${index + 1} is ${typeNameOf(email)}`);
		const body = readEmail(email);
		if (!body.ok) return wrongValue(field, `entry ${index + 1}: ${body.error.message}`);
		emails.push(body.value);
	}
	return success(emails);
};
