/** Takes the deliveries of SMTP2GO: one route per process for all accounts, which is never removed again. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { Request, Response } from 'express';
import { isBearer, readDelivery, sameSecret, type SeenEvents } from '../../../api';
import type { Account } from '../account/account';
import { readBody } from './body';
import { toNodeError } from '../platform/errors';
import { memoryOf } from '../process/state';
import { takes } from '../events/subscriber';
import type { Runtime } from '../platform/types';

/** The running accounts by ID. */
const accounts = new Map<string, Account>();
/** Applications that have the route, and emitters that are listened to: Node-RED has one of each for its whole life. */
const routed = new WeakSet<object>();
/** True between the start of the flows and their stop, which a deploy of any kind begins with. */
let areRunning = false;

/** Greatest delivery that is read, in bytes; of one without the secret only as much as shows that it is empty. */
const MOST = 5_000_000;
const MOST_UNTRUSTED = 1_000;

/** Starts to take deliveries for an account. */
export function receiveFor(account: Account): void {
	accounts.set(account.id, account);
}

/** Stops, unless another node has taken the place meanwhile. */
export function stopReceiving(account: Account): void {
	if (accounts.get(account.id) === account) accounts.delete(account.id);
}

/** True while an account runs. */
export function isReceiving(id: string): boolean {
	return accounts.has(id);
}

/** The running accounts that the editor knows by this ID: the account, or its copy in each instance of its subflow. */
export function accountsFor(id: string): readonly Account[] {
	const own = accounts.get(id);
	return own ? [own] : [...accounts.values()].filter(({ node }) => '_alias' in node && node._alias === id);
}

/** True where the request shows the account's secret in the agreed place, and only there. */
function isAuthentic(account: Account, request: Request): boolean {
	const auth = account.hookAuth;
	const inPath = request.params['secret'];
	if (auth?.type === 'basic') return inPath !== undefined && sameSecret(inPath, auth.secret);
	return inPath === undefined && isBearer(request.headers.authorization, auth?.secret);
}

/**
 * Hands an event to the triggers that asked for it. Runs in one go, so that the answer says what became of it: false
 * where it could not be handed on.
 */
function handOut({ id, registration, repeats }: Account, record: Record<string, unknown>, seen: SeenEvents): boolean {
	const { triggers, headers } = registration;
	const read = readDelivery(record, headers);
	if (read === undefined) return true;
	const asking = triggers.filter((trigger) => takes(trigger, read));
	if (asking.length === 0) return true;
	const isRepeat = seen.isRepeat(read.event);
	const takers = isRepeat ? asking.filter(({ skipRepeated }) => !skipRepeated) : asking;
	if (memoryOf(id).handedOut.to(takers, read, (thrown) => registration.report(thrown))) {
		if (!isRepeat) repeats.keep();
		return true;
	}
	if (!isRepeat) seen.forget(read.event);
	return false;
}

/** The status of a delivery to an account: 200 only for what its triggers have. */
async function take(account: Account, request: Request): Promise<number> {
	const isTrusted = isAuthentic(account, request);
	// Who shows no secret may send nothing at all, as a probe does, and needs not be heard out.
	const body = await readBody(request, isTrusted ? MOST : MOST_UNTRUSTED);
	if (body.is === 'empty') return 200;
	if (!isTrusted) return 401;
	if (body.is === 'unreadable') return body.status;
	const seen = await account.repeats.seen;
	// Between the flows' stop and their start a trigger may be missing, and after it this account may be one that was
	// replaced, without any: SMTP2GO tries again.
	if (!areRunning || accounts.get(account.id) !== account) return 503;
	account.registration.confirm();
	return handOut(account, body.record, seen) ? 200 : 500;
}

/** Answers one request; a probe of SMTP2GO (GET, HEAD, empty POST) gets 200 and starts nothing. */
async function answer(request: Request, response: Response): Promise<void> {
	const account = accounts.get(request.params['account'] ?? '');
	if (account === undefined) return void response.status(areRunning ? 404 : 503).end();
	if (request.method === 'GET' || request.method === 'HEAD') return void response.status(200).end();
	if (request.method !== 'POST') return void response.status(405).set('Allow', 'GET, HEAD, POST').end();
	const status = await take(account, request);
	// What was not read to its end would be taken for the next request on the connection.
	if (!request.complete) response.set('Connection', 'close');
	response.status(status).end();
}

/** Opens the route, once for each application. */
export function openRoute(RED: Runtime): void {
	if (!routed.has(RED.events)) {
		routed.add(RED.events);
		RED.events.on('flows:stopping', () => {
			areRunning = false;
		});
		RED.events.on('flows:started', () => {
			areRunning = true;
		});
	}
	if (routed.has(RED.httpNode)) return;
	routed.add(RED.httpNode);
	RED.httpNode.all(['/smtp2go/:account', '/smtp2go/:account/:secret'], (request, response) => {
		answer(request, response).catch((thrown: unknown) => {
			RED.log.error(`[smtp2go-account] ${toNodeError(thrown).message}`);
			if (!response.headersSent) response.status(500).end();
		});
	});
}
