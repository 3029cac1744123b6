// IP authentication: `/ip_auth/*`.
import {
	changedSettings,
	keySettingsView,
	NO_DEFAULT_LIMIT,
	settingsFields,
	settingsView,
	statusField,
} from '../../account/settings';
import { Refusal } from '../../core/refusal';
import { ipAddress } from '../../schema/names';
import { object, optional } from '../../schema/readers';
import type { JsonObject } from '../../core/json';
import type { Account, IpAuth } from '../../types';
import { ownerOf, subaccount_id } from '../shared/owner';
import { type Route, route } from '../shared/route';

/** An entry as the list shows it. */
function entryView({ ip_address, feedback_domain, status, settings }: IpAuth): JsonObject {
	return { ip_address, sending_allowed: status === 'allowed', ...settingsView(settings), feedback_domain, status };
}

/** An entry as PATCH shows it. */
function patchedView({ ip_address, status, settings }: IpAuth): JsonObject {
	return { ip_address, ...keySettingsView(settings), status };
}

function find({ ipAuths }: Account, wanted: string, owner: string | undefined): IpAuth {
	const entry = ipAuths.find(({ ip_address, subaccountId }) => ip_address === wanted && subaccountId === owner);
	if (!entry) throw new Refusal(400, `An IP Auth entry for ${wanted} was not found`);
	return entry;
}

/** IP authentication. Entries are added in SMTP2GO's own pages only; here the demo brings one. */
export const ipAuthRoutes: Route[] = [
	route('POST', '/ip_auth/view', object({ ip_address: optional(ipAddress), subaccount_id }), (input, call) => {
		const owner = ownerOf(call, input.subaccount_id);
		const entries = call.world.state.account.ipAuths.filter(
			({ ip_address, subaccountId }) => subaccountId === owner && (input.ip_address ?? ip_address) === ip_address,
		);
		return { results: entries.map(entryView), ...NO_DEFAULT_LIMIT };
	}),
	route(
		'PATCH',
		'/ip_auth/edit',
		object({ ip_address: ipAddress, ...settingsFields, status: statusField, subaccount_id }),
		(input, call) => {
			const { ip_address, status, subaccount_id: wanted, ...given } = input;
			const entry = find(call.world.state.account, ip_address, ownerOf(call, wanted));
			return [
				patchedView(
					Object.assign(entry, {
						settings: changedSettings(entry.settings, given),
						status: status ?? entry.status,
					}),
				),
			];
		},
	),
	route('POST', '/ip_auth/remove', object({ ip_address: ipAddress, subaccount_id }), (input, call) => {
		const { account } = call.world.state;
		const entry = find(account, input.ip_address, ownerOf(call, input.subaccount_id));
		account.ipAuths = account.ipAuths.filter((candidate) => candidate !== entry);
		return undefined;
	}),
];
