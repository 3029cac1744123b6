// IP allow lists: `/ip_allow_list*`.
import { Refusal } from '../../core/refusal';
import { choice, object, optional, otherwise, type ReadAs, type Reader, text, yesNo } from '../../schema/readers';
import { ipAddress } from '../../schema/names';
import type { Json, JsonObject } from '../../core/json';
import type { IpAllowList } from '../../types';
import { type Route, route } from '../shared/route';

/** The contract wants the key in the body here, and a list's kind nowhere else. */
const fields = { api_key: text({ min: 1 }), type: otherwise(choice('smtp', 'api'), 'smtp') };

type Entry = IpAllowList['ip_addresses'][number];

function find({ ip_addresses }: IpAllowList, wanted: string): Entry {
	const entry = ip_addresses.find(({ ip_address }) => ip_address === wanted);
	if (!entry) throw new Refusal(400, `The IP address ${wanted} is not on the allow list`);
	return entry;
}

function refuseTaken({ ip_addresses }: IpAllowList, wanted: string): void {
	if (ip_addresses.some(({ ip_address }) => ip_address === wanted))
		throw new Refusal(400, `The IP address ${wanted} is already on the allow list`);
}

/** An operation on one of the two lists. */
function listRoute<S extends Record<string, Reader<unknown>>>(
	path: string,
	more: S,
	handle: (list: IpAllowList, input: ReadAs<S>) => Json,
): Route {
	const request: Reader<ReadAs<typeof fields> & ReadAs<S>> = (value, field) => ({
		...object(fields)(value, field),
		...object(more)(value, field),
	});
	return route('POST', path, request, (input, { world: { state }, key }) => {
		if (input.api_key !== key.key)
			throw new Refusal(400, "An API User matching the passed 'api_key' was not found");
		return handle(state.account.ipAllowLists[input.type], input);
	});
}

/** A copy, since the next call can change an entry. */
const shown = (entry: Entry): JsonObject => ({ ...entry });

/**
 * The IP allow lists. The contract demands no field but the key; an address that is to be added, changed or removed is
 * demanded here all the same.
 */
export const ipAllowListRoutes: Route[] = [
	listRoute('/ip_allow_list', { enabled: optional(yesNo) }, (list, { enabled }) => {
		list.enabled = enabled ?? list.enabled;
		return { enabled: list.enabled };
	}),
	listRoute('/ip_allow_list/view', {}, ({ enabled, ip_addresses }) => ({
		enabled,
		ip_addresses: ip_addresses.map(shown),
	})),
	listRoute(
		'/ip_allow_list/add',
		{ ip_address: ipAddress, description: otherwise(text(), '') },
		(list, { ip_address, description }) => {
			refuseTaken(list, ip_address);
			list.ip_addresses.push({ ip_address, description });
			return { ip_address, description };
		},
	),
	listRoute(
		'/ip_allow_list/edit',
		{ ip_address: ipAddress, new_ip_address: optional(ipAddress), description: optional(text()) },
		(list, input) => {
			const entry = find(list, input.ip_address);
			const { new_ip_address = entry.ip_address, description = entry.description } = input;
			if (new_ip_address !== entry.ip_address) refuseTaken(list, new_ip_address);
			return shown(Object.assign(entry, { ip_address: new_ip_address, description }));
		},
	),
	listRoute('/ip_allow_list/remove', { ip_address: ipAddress }, (list, { ip_address }) => {
		const entry = find(list, ip_address);
		list.ip_addresses = list.ip_addresses.filter((candidate) => candidate !== entry);
		return shown(entry);
	}),
];
