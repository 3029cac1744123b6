/** SMTP2GO's API as data: every resource with its operations. */
import { activity } from './reporting/activity';
import { allowedRecipient } from './recipients/allowed-recipient';
import { allowedSender } from './senders/allowed-sender';
import { apiKey } from './access/api-key';
import { archive } from './messages/archive';
import { custom } from './custom';
import { dedicatedIp } from './access/dedicated-ip';
import { email } from './messages/email';
import { ipAllowList } from './access/ip-allow-list';
import { ipAuth } from './access/ip-auth';
import { senderDomain } from './senders/sender-domain';
import { singleSender } from './senders/single-sender';
import { sms } from './messages/sms';
import { smtpUser } from './access/smtp-user';
import { statistics } from './reporting/statistics';
import { subaccount } from './access/subaccount';
import { suppression } from './recipients/suppression';
import { template } from './messages/template';
import { webhook } from './reporting/webhook';
import type { Effect, Operation, Resource } from './types';

export * from './types';

/** All resources, by key. The resources that most people need come first. */
export const catalogue = {
	email,
	sms,
	template,
	suppression,
	activity,
	statistics,
	archive,
	senderDomain,
	singleSender,
	webhook,
	allowedRecipient,
	allowedSender,
	smtpUser,
	apiKey,
	subaccount,
	dedicatedIp,
	ipAuth,
	ipAllowList,
} as const satisfies Record<string, Resource>;

/** The key of a resource, as in `email`. */
export type ResourceKey = keyof typeof catalogue;
/** The keys of a resource's operations, as in `send`. */
export type OperationKey<R extends ResourceKey> = (typeof catalogue)[R]['operations'][number]['key'];
/** One operation of the catalog with all its literal types. */
export type OperationOf<R extends ResourceKey, O extends OperationKey<R>> = Extract<
	(typeof catalogue)[R]['operations'][number],
	{ key: O }
>;

/** The order of operations in menus: sending, reading, changing, and last what cannot be undone. */
const order: readonly Effect[] = ['sends', 'reads', 'writes', 'destroys'];

function inOrderOfUse(resource: Resource): Resource {
	return {
		...resource,
		operations: [...resource.operations].sort(
			(one, other) => order.indexOf(one.effect) - order.indexOf(other.effect),
		),
	};
}

/** All resources as plain records, with their operations in the order of menus. */
export const resources: readonly Resource[] = Object.values<Resource>(catalogue).map(inOrderOfUse);

/** The resources and the custom call, for a host without a built-in custom call (n8n has one). */
export const resourcesAndCustom: readonly Resource[] = [...resources, custom];

/** Returns the operation that a new node starts with: sending, or else reading, so that a new node changes nothing. */
export function firstOperation({ operations }: Resource): Operation | undefined {
	return (
		operations.find(({ effect }) => effect === 'sends') ??
		operations.find(({ key }) => key === 'getAll') ??
		operations.find(({ effect }) => effect === 'reads') ??
		operations[0]
	);
}

/**
 * Finds an operation.
 * @returns undefined if a saved flow names an operation that is not in the catalog
 */
export function findOperation(resource: string, operation: string): Operation | undefined {
	return resourcesAndCustom.find(({ key }) => key === resource)?.operations.find(({ key }) => key === operation);
}

/** Returns an operation that the code names. A wrong name fails at compile time. */
export function operationOf<R extends ResourceKey, O extends OperationKey<R>>(
	resource: R,
	operation: O,
): OperationOf<R, O> {
	return catalogue[resource].operations.find(({ key }) => key === operation) as OperationOf<R, O>;
}
