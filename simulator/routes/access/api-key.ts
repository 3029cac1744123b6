// API keys: `/api_keys/*`.
import {
	changedSettings,
	DEFAULT_SETTINGS,
	keySettingsView,
	settingsFields,
	statusField,
} from '../../account/settings';
import { mayCall } from '../../account/permissions';
import { matches } from '../../core/path-pattern';
import { CODES, Refusal } from '../../core/refusal';
import { listOf, object, optional, type ReadAs, text } from '../../schema/readers';
import { newApiKey, usernameOf } from '../../core/ids';
import type { JsonObject } from '../../core/json';
import type { State } from '../../state/state';
import type { ApiKey } from '../../types';
import { ownedBy, ownerOf, subaccount_id } from '../shared/owner';
import { refuseBeyondRate } from '../shared/rate-limit';
import { type Call, type Route, route } from '../shared/route';

/** The contract: 5 calls a minute. */
const RATE = { most: 5, windowMs: 60_000 };

/** What a key can call by default. */
const ENDPOINTS = ['/email/send'];

const changes = {
	...settingsFields,
	status: statusField,
	endpoints: optional(listOf(text({ min: 1 }))),
	subaccount_id,
};
const id = text({ min: 1 });
const viewed = object({ id: optional(text()), search: optional(text()), subaccount_id });
const edited = object({ id, ...changes });

type Changes = ReadAs<typeof changes>;

/** A key as lists show it. Only the answer to an add has it whole. */
function keyView(
	apiKey: ApiKey,
	paths: readonly string[],
	shown = `${usernameOf(apiKey.key)}${'*'.repeat(20)}`,
): JsonObject {
	const { key, permissions, status, sendingStatus = 'allowed', settings = DEFAULT_SETTINGS, lost = [] } = apiKey;
	return {
		api_key: shown,
		username: usernameOf(key),
		...keySettingsView(settings),
		status,
		sending_status: sendingStatus,
		endpoints: lost.length === 0 ? permissions : paths.filter((path) => mayCall(apiKey, path)),
	};
}

function find({ keys }: State, wanted: string, owner: string | undefined): ApiKey {
	const found = keys.find(({ key, subaccountId }) => key === wanted && subaccountId === owner);
	// The key itself is never shown.
	if (!found) throw new Refusal(400, `An API key with id '${usernameOf(wanted)}' was not found`);
	return found;
}

/**
 * Whether a key can grant a permission: it has it literally or by a wildcard, or can call every endpoint it stands
 * for.
 */
function mayGrant(granter: ApiKey, wanted: string, paths: readonly string[]): boolean {
	const meant = paths.filter((path) => matches(wanted, path));
	return (
		granter.permissions.some((own) => matches(own, wanted)) ||
		(meant.length > 0 && meant.every((path) => mayCall(granter, path)))
	);
}

/** @throws Refusal a permission that is new to a key and that the caller has not got */
function refuseBeyondOwn(
	granter: ApiKey,
	wanted: readonly string[],
	paths: readonly string[],
	known: readonly string[] = [],
): void {
	const beyond = wanted.find((endpoint) => !known.includes(endpoint) && !mayGrant(granter, endpoint, paths));
	if (beyond !== undefined)
		throw new Refusal(
			400,
			`You do not have permission to grant access to the endpoint '${beyond}'`,
			CODES.permission,
		);
}

function view(
	{ id: wanted, search = '', subaccount_id: subaccount }: ReturnType<typeof viewed>,
	call: Call,
	paths: readonly string[],
): JsonObject[] {
	const owner = ownerOf(call, subaccount);
	const term = search.toLowerCase();
	return call.world.state.keys
		.filter(({ key, subaccountId }) => subaccountId === owner && (wanted ?? key) === key)
		.filter(({ key, settings }) =>
			[usernameOf(key), settings?.description ?? ''].some((value) => value.toLowerCase().includes(term)),
		)
		.map((key) => keyView(key, paths));
}

function add(
	{ endpoints = ENDPOINTS, status = 'allowed', subaccount_id: subaccount, ...given }: Changes,
	call: Call,
	paths: readonly string[],
): JsonObject[] {
	const owner = ownerOf(call, subaccount);
	refuseBeyondOwn(call.key, endpoints, paths);
	refuseBeyondRate(call.world, '/api_keys/add', RATE);
	const key: ApiKey = {
		key: newApiKey(),
		permissions: endpoints,
		status,
		region: call.key.region,
		settings: changedSettings(DEFAULT_SETTINGS, given),
		...ownedBy(owner),
	};
	call.world.state.keys.push(key);
	return [keyView(key, paths, key.key)];
}

/**
 * For what the request leaves out, `replace` sets the defaults and `patch` keeps the current values; the endpoints stay
 * either way (since April 2025).
 */
function edit(
	input: ReturnType<typeof edited>,
	call: Call,
	kind: 'replace' | 'patch',
	paths: readonly string[],
): JsonObject[] {
	const { id: wanted, endpoints, status, subaccount_id: subaccount, ...given } = input;
	const key = find(call.world.state, wanted, ownerOf(call, subaccount));
	refuseBeyondOwn(call.key, endpoints ?? [], paths, key.permissions);
	const before = kind === 'patch' ? (key.settings ?? DEFAULT_SETTINGS) : DEFAULT_SETTINGS;
	Object.assign(key, {
		permissions: endpoints ?? key.permissions,
		status: status ?? (kind === 'patch' ? key.status : 'allowed'),
		settings: changedSettings(before, given),
	});
	return [keyView(key, paths)];
}

/**
 * API keys. Every key can ask for its own permissions; wildcards are answered with the endpoints they stand for.
 * @param paths every endpoint there is
 */
export function apiKeyRoutes(paths: () => string[]): Route[] {
	return [
		route('POST', '/api_keys/permissions', object({}), (_input, { key }) =>
			paths().filter((path) => mayCall(key, path)),
		),
		route('POST', '/api_keys/view', viewed, (input, call) => view(input, call, paths())),
		route('POST', '/api_keys/add', object(changes), (input, call) => add(input, call, paths())),
		route('POST', '/api_keys/edit', edited, (input, call) => edit(input, call, 'replace', paths())),
		route('PATCH', '/api_keys/edit', edited, (input, call) => edit(input, call, 'patch', paths())),
		route('POST', '/api_keys/remove', object({ id, subaccount_id }), (input, call) => {
			const { state } = call.world;
			const key = find(state, input.id, ownerOf(call, input.subaccount_id));
			state.keys = state.keys.filter((candidate) => candidate !== key);
			return undefined;
		}),
	];
}
