/** Takes the deliveries of SMTP2GO: one HTTP route for all accounts, which is never removed. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { Request, Response } from 'express';
import { isBearer, readDelivery, sameSecret, type SeenEvents } from '../../../api';
import type { Account } from '../account/account';
import { accepts } from '../events/subscriber';
import { toNodeError } from '../platform/errors';
import type { Runtime } from '../platform/runtime';
import { areFlowsRunning } from '../state/flows';
import { isFirstTime, runningAccount } from '../state/process-state';
import { readBody } from './body';

/** Maximum length of a delivery in bytes, and of one without the token: enough to see that it is empty. */
const MAX_BYTES = 5_000_000;
const MAX_BYTES_UNTRUSTED = 1_000;

/** True if the request carries the account's token in the agreed place, and only there. */
function isAuthentic({ hookSettings: { auth } }: Account, request: Request): boolean {
	const inPath = request.params['secret'];
	if (auth?.type === 'basic') return inPath !== undefined && sameSecret(inPath, auth.secret);
	return inPath === undefined && isBearer(request.headers.authorization, auth?.secret);
}

/**
 * Passes an event to the triggers that asked for it, without a pause, so that the HTTP status says whether they have
 * it.
 * @returns false if a trigger could not take it
 */
function passOn(
	{ memory, registration, seenEvents, arrivals }: Account,
	record: Record<string, unknown>,
	seen: SeenEvents,
): boolean {
	const { triggers, headers } = registration;
	const read = readDelivery(record, headers);
	if (read === undefined) return true;
	registration.noteEvent(read.event.kind);
	const asking = triggers.filter((trigger) => accepts(trigger, read));
	if (asking.length === 0) return true;
	const isDuplicate = seen.isDuplicate(read.event);
	const fresh = isDuplicate ? asking.filter(({ skipRepeated }) => !skipRepeated) : asking;
	// The log can have reported it while SMTP2GO could not deliver it.
	const isCounted = !isDuplicate && read.event.channel === 'email' && asking.some(({ source }) => source === 'both');
	const isKnown = isCounted && !(memory.arrivals?.fromHook(read.event) ?? true);
	const takers = isKnown ? fresh.filter(({ source }) => source !== 'both') : fresh;
	if (memory.dispatcher.dispatch(takers, read, (thrown) => registration.report(thrown))) {
		if (!isDuplicate) seenEvents.save();
		if (isCounted) arrivals.save();
		return true;
	}
	if (!isDuplicate) seen.forget(read.event);
	if (isCounted) memory.arrivals?.undoHook(read.event);
	return false;
}

/** The HTTP status of a delivery to an account: 200 only if its triggers have it. */
async function receive(account: Account, request: Request): Promise<number> {
	const isTrusted = isAuthentic(account, request);
	// Without the token, only an empty body is accepted, as a probe sends it: no need to read more.
	const body = await readBody(request, isTrusted ? MAX_BYTES : MAX_BYTES_UNTRUSTED);
	if (body.is === 'empty') return 200;
	if (!isTrusted) return 401;
	if (body.is === 'unreadable') return body.status;
	const [seen] = await Promise.all([account.seenEvents.load(), account.arrivals.load()]);
	// While the flows stop and start, a trigger can be missing. Afterwards, this account can have been replaced and
	// have no triggers. SMTP2GO delivers the event again.
	if (!areFlowsRunning() || runningAccount(account.id) !== account) return 503;
	account.registration.confirm();
	return passOn(account, body.record, seen) ? 200 : 500;
}

/** Answers a request. A probe of SMTP2GO (GET, HEAD, empty POST) gets 200 and starts no flow. */
async function answer(request: Request, response: Response): Promise<void> {
	const account = runningAccount(request.params['account'] ?? '');
	if (account === undefined) return void response.status(areFlowsRunning() ? 404 : 503).end();
	if (request.method === 'GET' || request.method === 'HEAD') return void response.status(200).end();
	if (request.method !== 'POST') return void response.status(405).set('Allow', 'GET, HEAD, POST').end();
	const status = await receive(account, request);
	// The unread rest of a body would be taken for the next request on the connection.
	if (!request.complete) response.set('Connection', 'close');
	response.status(status).end();
}

/** Opens the route, once for each Express application of Node-RED. */
export function openDeliveryRoute(RED: Runtime): void {
	if (!isFirstTime(RED.httpNode)) return;
	RED.httpNode.all(['/smtp2go/:account', '/smtp2go/:account/:secret'], (request, response) => {
		answer(request, response).catch((thrown: unknown) => {
			RED.log.error(`[smtp2go-account] ${toNodeError(thrown).message}`);
			if (!response.headersSent) response.status(500).end();
		});
	});
}
