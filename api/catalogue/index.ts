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
import { compounds } from './compound';
import type {
	CompoundOperation,
	Effect,
	Host,
	OfferedOperation,
	OfferedResource,
	Operation,
	OperationBase,
	Resource,
} from './types';

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

function inOrderOfUse<O extends OperationBase>(resource: Resource<O>): Resource<O> {
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

/** True for an operation of ours that makes several calls. */
export function isCompound(operation: OfferedOperation): operation is CompoundOperation {
	return 'calls' in operation;
}

/** The compound operations of a resource, by its key. */
function compoundsOf(resource: string): readonly CompoundOperation[] {
	const all: Readonly<Record<string, readonly CompoundOperation[]>> = compounds;
	return Object.hasOwn(all, resource) ? (all[resource] ?? []) : [];
}

function withCompounds(resource: Resource, host: Host | undefined): OfferedResource {
	const own = compoundsOf(resource.key).filter(
		(operation) => host === undefined || (operation.host ?? host) === host,
	);
	return inOrderOfUse<OfferedOperation>({ ...resource, operations: [...resource.operations, ...own] });
}

/**
 * The resources with everything that a host offers: the API's operations, and the compound ones.
 * @param host if left out, what any host offers, without the custom call
 */
export function offeredResources(host?: Host): readonly OfferedResource[] {
	return (host === 'node-red' ? resourcesAndCustom : resources).map((resource) => withCompounds(resource, host));
}

/** Returns the operation that a new node starts with: sending, or else reading, so that a new node changes nothing. */
export function firstOperation<O extends OperationBase>({ operations }: Resource<O>): O | undefined {
	return (
		operations.find(({ effect }) => effect === 'sends') ??
		operations.find(({ key }) => key === 'getAll') ??
		operations.find(({ effect }) => effect === 'reads') ??
		operations[0]
	);
}

/**
 * Finds an operation of the API.
 * @returns undefined if a saved flow names an operation that is not in the catalog
 */
export function findOperation(resource: string, operation: string): Operation | undefined {
	return resourcesAndCustom.find(({ key }) => key === resource)?.operations.find(({ key }) => key === operation);
}

/**
 * Finds an operation that a user can choose: one of the API, or a compound one.
 * @returns undefined if a saved flow names an operation that does not exist
 */
export function findOffered(resource: string, operation: string): OfferedOperation | undefined {
	return findOperation(resource, operation) ?? compoundsOf(resource).find(({ key }) => key === operation);
}

/** Returns an operation that the code names. A wrong name fails at compile time. */
export function operationOf<R extends ResourceKey, O extends OperationKey<R>>(
	resource: R,
	operation: O,
): OperationOf<R, O> {
	return catalogue[resource].operations.find(({ key }) => key === operation) as OperationOf<R, O>;
}
