// Sender domains: `/domain/*`.
import { lookUp, newDomain } from '../../account/domain';
import { domainsView } from '../../account/domain-view';
import { refuseSenderBeyondPlan } from './plan';
import { Refusal } from '../../core/refusal';
import { FieldFailure, listOf, object, optional, otherwise, text, yesNo } from '../../schema/readers';
import { domainName, subdomain } from '../../schema/names';
import { type JsonObject, present } from '../../core/json';
import type { Account, SenderDomain } from '../../types';
import { ownedBy, ownerOf, subaccount_id } from '../shared/owner';
import { type Call, type Route, route } from '../shared/route';

const access = object({
	subaccounts: otherwise(listOf(text({ min: 1 })), []),
	future_subaccounts: otherwise(yesNo, false),
});

/** Certificates are no part of the simulator. */
const requisition_ssl = otherwise(yesNo, true);

const added = object({
	domain: domainName,
	tracking_subdomain: optional(subdomain),
	returnpath_subdomain: optional(subdomain),
	auto_verify: otherwise(yesNo, true),
	requisition_ssl,
	subaccount_access: optional(access),
	subaccount_id,
});

const moved = object({ domain: domainName, old_subdomain: subdomain, new_subdomain: subdomain, subaccount_id });

/**
 * A domain of the caller's own account. A subaccount can use the domains of the master account, but not change them.
 */
function find({ domains }: Account, name: string, owner: string | undefined): SenderDomain {
	const domain = domains.find((candidate) => candidate.name === name && candidate.subaccountId === owner);
	if (!domain) throw new Refusal(400, `A sender domain matching the passed value of ${name} was not found`);
	return domain;
}

/** @throws FieldFailure an id of no subaccount */
function refuseUnknown({ subaccounts }: Account, ids: string[]): void {
	const unknown = ids.find((id) => !subaccounts.some((subaccount) => subaccount.id === id));
	if (unknown !== undefined) throw new FieldFailure('subaccounts', `A subaccount with id '${unknown}' was not found`);
}

function add({ subaccount_access, ...input }: ReturnType<typeof added>, call: Call): JsonObject {
	const { state } = call.world;
	const owner = ownerOf(call, input.subaccount_id);
	const { subaccounts = [], future_subaccounts: futureSubaccounts = false } = subaccount_access ?? {};
	const isTaken = state.account.domains.some(
		({ name, subaccountId }) => name === input.domain && subaccountId === owner,
	);
	if (isTaken) throw new Refusal(400, `A sender domain matching the passed value of ${input.domain} already exists`);
	refuseUnknown(state.account, subaccounts);
	refuseSenderBeyondPlan(state);
	const subdomains = present({ tracking: input.tracking_subdomain, returnPath: input.returnpath_subdomain });
	const domain = newDomain({ name: input.domain, subaccounts, futureSubaccounts, ...subdomains, ...ownedBy(owner) });
	if (input.auto_verify) lookUp(domain);
	state.account.domains.push(domain);
	return domainsView([domain], owner);
}

/** Renames a subdomain; its record has to be found under the new name first. */
function moveRoute(path: string, name: 'tracking' | 'returnPath'): Route {
	return route('POST', path, moved, ({ old_subdomain, new_subdomain, ...input }, call) => {
		const owner = ownerOf(call, input.subaccount_id);
		const domain = find(call.world.state.account, input.domain, owner);
		if (domain[name] !== old_subdomain)
			throw new FieldFailure('old_subdomain', `The subdomain '${old_subdomain}' of ${domain.name} was not found`);
		Object.assign(domain, { [name]: new_subdomain, [`${name}Verified`]: false, looked: false });
		return domainsView([domain], owner);
	});
}

/** Sender domains. Only the two texts about an existing domain and the free plan are known from the live service. */
export const domainRoutes: Route[] = [
	route('POST', '/domain/view', object({ domain: optional(text()), subaccount_id }), (input, call) => {
		const { domains } = call.world.state.account;
		const wanted = input.domain?.toLowerCase();
		return domainsView(
			domains.filter(({ name }) => wanted === undefined || name === wanted),
			ownerOf(call, input.subaccount_id),
		);
	}),
	route('POST', '/domain/add', added, add),
	route('POST', '/domain/verify', object({ domain: domainName, requisition_ssl, subaccount_id }), (input, call) => {
		const owner = ownerOf(call, input.subaccount_id);
		const domain = find(call.world.state.account, input.domain, owner);
		lookUp(domain);
		return domainsView([domain], owner);
	}),
	route('POST', '/domain/remove', object({ domain: domainName, subaccount_id }), (input, call) => {
		const { account } = call.world.state;
		const owner = ownerOf(call, input.subaccount_id);
		const domain = find(account, input.domain, owner);
		account.domains = account.domains.filter((candidate) => candidate !== domain);
		return domainsView(account.domains, owner);
	}),
	moveRoute('/domain/tracking', 'tracking'),
	moveRoute('/domain/returnpath', 'returnPath'),
	route(
		'POST',
		'/domain/subaccount_access',
		object({
			domain: domainName,
			subaccounts: listOf(text({ min: 1 })),
			future_subaccounts: otherwise(yesNo, false),
		}),
		(input, call) => {
			const { account } = call.world.state;
			const domain = find(account, input.domain, call.key.subaccountId);
			refuseUnknown(account, input.subaccounts);
			Object.assign(domain, { subaccounts: input.subaccounts, futureSubaccounts: input.future_subaccounts });
			return input;
		},
	),
];
