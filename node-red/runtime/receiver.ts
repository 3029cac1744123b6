/* eslint-disable @n8n/community-nodes/no-restricted-imports */
/** Takes the deliveries of SMTP2GO: one route per process for all accounts, which is never removed again. */
import type { Request, Response } from 'express';
import { isBearer, readDelivery, sameSecret } from '../../api';
import type { Account } from './account';
import { readBody } from './body';
import { takes } from './subscriber';
import type { Runtime } from './types';

/** The running accounts by ID. */
const accounts = new Map<string, Account>();
/** Applications that have the route: Node-RED has one for its whole life. */
const routed = new WeakSet<object>();

/** Starts to take deliveries for an account. */
export function receiveFor(account: Account): void {
	accounts.set(account.id, account);
}

/** Stops, unless another node has taken the place meanwhile. */
export function stopReceiving(account: Account): void {
	if (accounts.get(account.id) === account) accounts.delete(account.id);
}

/** True where the request shows the account's secret in the agreed place, and only there. */
function isAuthentic(account: Account, request: Request): boolean {
	const auth = account.hookAuth;
	const inPath = request.params['secret'];
	if (auth?.type === 'basic') return inPath !== undefined && sameSecret(inPath, auth.secret);
	return inPath === undefined && isBearer(request.headers.authorization, auth?.secret);
}

/** Hands an event to the triggers that asked for it. */
function handOut(account: Account, record: Record<string, unknown>): void {
	const { triggers, headers } = account.registration;
	const read = readDelivery(record, headers);
	if (read === undefined) return;
	for (const trigger of triggers) {
		if (takes(trigger, read)) trigger.deliver(read);
	}
}

/** Answers one request; a probe of SMTP2GO (GET, HEAD, empty POST) gets 200 and starts nothing. */
async function answer(request: Request, response: Response): Promise<void> {
	const account = accounts.get(request.params['account'] ?? '');
	if (account === undefined) return void response.status(404).end();
	if (request.method === 'GET' || request.method === 'HEAD') return void response.status(200).end();
	if (request.method !== 'POST') return void response.status(405).end();
	const body = await readBody(request);
	if (body.is === 'empty') return void response.status(200).end();
	if (body.is === 'tooLong') return void response.status(413).set('Connection', 'close').end();
	if (!isAuthentic(account, request)) return void response.status(401).end();
	if (body.is === 'unreadable') return void response.status(400).end();
	response.status(200).end();
	account.registration.confirm();
	handOut(account, body.record);
}

/** Opens the route, once for each application. */
export function openRoute(RED: Runtime): void {
	if (routed.has(RED.httpNode)) return;
	routed.add(RED.httpNode);
	RED.httpNode.all(['/smtp2go/:account', '/smtp2go/:account/:secret'], (request, response) => {
		answer(request, response).catch(() => { if (!response.headersSent) response.status(400).end(); });
	});
}
