// Finds the API key of a call and checks its permissions.
import type { FastifyRequest } from 'fastify';
import type { World } from '../world';
import type { JsonObject } from '../core/json';
import type { ApiKey } from '../types';
import { mayCall } from '../account/permissions';
import { CODES, Refusal } from '../core/refusal';

/** The key a request carries: header, body field `api_key`, or bearer token; '' if none. */
export function keyOf(request: FastifyRequest, body: JsonObject | undefined): string {
	const header = request.headers['x-smtp2go-api-key'];
	if (typeof header === 'string') return header;
	if (typeof body?.['api_key'] === 'string') return body['api_key'];
	return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

/**
 * Finds the key and checks that it can call the endpoint.
 * @throws Refusal no key (401), unknown or of another region (500 as seen in the field, or 401), no permission (400)
 */
export function authenticate({ state, settings }: World, text: string, path: string): ApiKey {
	if (text === '') throw new Refusal(401, 'No API key was passed');
	const key = state.keys.find((candidate) => candidate.key === text);
	const elsewhere = key && settings.region !== 'any' && key.region !== 'any' && key.region !== settings.region;
	if (!key || elsewhere)
		throw new Refusal(settings.unknownKeyStatus, "An API User matching the passed 'api_key' was not found");
	// What the live service says to a blocked key, or to one of a closed subaccount, is unknown.
	if (key.status === 'blocked') throw new Refusal(400, 'This API key is blocked');
	const closed = state.account.subaccounts.some(
		({ id, state: standing }) => id === key.subaccountId && standing !== 'Active',
	);
	if (closed) throw new Refusal(400, 'This subaccount is not active');
	if (!mayCall(key, path))
		throw new Refusal(400, 'You do not have permission to access this API endpoint', CODES.permission);
	return key;
}
