/** Checks of API keys: blocked from sending, or without a permission that they need. */
import { isAllowed } from '../catalogue/permissions';
import { isJsonObject, stringOrEmpty } from '../core/json';
import type { Find, Finding } from './types';

/** States in which an API key can send. SMTP2GO has not published the values, so any other value counts as blocked. */
const CAN_SEND: ReadonlySet<string> = new Set(['', 'ok', 'active', 'allowed', 'enabled']);

/** The length of the name of an API key, which is its beginning (its `username` in statistics and events). */
const NAME_LENGTH = 16;

/** Finds keys that SMTP2GO blocked from sending. A key is named by its first 16 characters, which are not secret. */
export const blockedKeys: Find = (result) => {
	const keys = Array.isArray(result) ? result : [];
	return keys.flatMap((key): Finding[] => {
		if (!isJsonObject(key)) return [];
		const status = stringOrEmpty(key['sending_status']);
		if (CAN_SEND.has(status.trim().toLowerCase())) return [];
		const name = (stringOrEmpty(key['username']) || stringOrEmpty(key['api_key'])).slice(0, NAME_LENGTH);
		const description = stringOrEmpty(key['description']);
		return [
			{
				subject: name,
				title: 'Sending blocked',
				message: `SMTP2GO has blocked the API key ${description === '' ? name : `"${description}" (${name})`} from sending. Its sending status is "${status}".`,
				whatToDo:
					"Open SMTP2GO's page Sending > API Keys to see why, then contact SMTP2GO's support. Until the key is unblocked, its emails are not delivered.",
				value: status,
				limit: null,
				details: { username: name, description, sending_status: status },
			},
		];
	});
};

/** Finds endpoints that the key must be able to call, but cannot. */
export const missingPermissions: Find = (result, { permissions }) => {
	const own = (Array.isArray(result) ? result : []).filter((entry) => typeof entry === 'string');
	// A key without any permission could not have read them.
	if (own.length === 0) return undefined;
	return permissions
		.filter((path) => !isAllowed(path, own))
		.map((path) => ({
			subject: path,
			title: `Missing permission ${path}`,
			message: `The API key of this node can no longer call ${path}.`,
			whatToDo: "Allow the endpoint for the key on SMTP2GO's page Sending > API Keys.",
			value: false,
			limit: null,
			details: { endpoint: path },
		}));
};
