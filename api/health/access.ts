/** Checks of API keys: blocked from sending, or without a permission that they need. */
import { keyLabel, listedKeys } from '../account/keys';
import { isAllowed } from '../catalogue/permissions';
import type { Find } from './types';

/** Finds keys that SMTP2GO blocked from sending. A key is named by its first 16 characters, which are not secret. */
export const blockedKeys: Find = (result) =>
	listedKeys(result)
		.filter(({ isBlocked }) => isBlocked)
		.map((key) => ({
			subject: key.name,
			title: 'Sending blocked',
			message: `SMTP2GO has blocked the API key ${keyLabel(key)} from sending. Its sending status is "${key.sendingStatus}".`,
			whatToDo:
				"Open SMTP2GO's page Sending > API Keys to see why, then contact SMTP2GO's support. Until the key is unblocked, its emails are not delivered.",
			value: key.sendingStatus,
			limit: null,
			details: { username: key.name, description: key.description, sending_status: key.sendingStatus },
		}));

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
