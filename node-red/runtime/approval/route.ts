/** The pages of questions: one HTTP route for all accounts, which is never removed. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as pause } from 'node:timers/promises';
import type { Request, Response } from 'express';
import {
	answerData,
	answeredPage,
	closedPage,
	pageHeaders,
	questionPage,
	readAnswer,
	readPost,
	textsOf,
	verifyLink,
	type Recipient,
} from '../../../api';
import type { Account } from '../account/account';
import { readBody } from '../deliveries/body';
import { toNodeError } from '../platform/errors';
import type { Runtime } from '../platform/runtime';
import { areFlowsRunning } from '../state/flows';
import { isFirstTime, runningAccount } from '../state/process-state';
import { isAnswer, type OpenQuestion, type Outcome } from './open-question';

/** Maximum length of a post in bytes: 10,000 characters of any kind, each written as `%F0%9F%98%80`, twice. */
const MAX_BYTES = 250_000;

/** How long a request waits for a deploy to end, in milliseconds. */
const MAX_WAIT = 10_000;
const WAIT = 50;

/** An HTTP response. */
interface Page {
	readonly status: number;
	readonly html: string;
}

function closed(status: number, why: Parameters<typeof closedPage>[2], entry?: OpenQuestion): Page {
	const { texts, language } = entry?.question ?? { texts: textsOf('en'), language: 'en' as const };
	return { status, html: closedPage(texts, language, why) };
}

/** Waits while a deploy stops and starts the flows: a recipient must not see an error because of it. */
async function untilRunning(): Promise<void> {
	for (let waited = 0; !areFlowsRunning() && waited < MAX_WAIT; waited += WAIT) await pause(WAIT);
}

function ended(entry: OpenQuestion, outcome: Outcome, already: boolean): Page {
	if (!isAnswer(outcome)) return closed(410, 'expired', entry);
	return { status: 200, html: answeredPage(entry.question, outcome, { already }) };
}

/** Reads what was posted, and answers the question with it. */
async function decide(account: Account, entry: OpenQuestion, recipient: Recipient, request: Request): Promise<Page> {
	const body = await readBody(request, MAX_BYTES);
	const post = readPost(body.is === 'record' ? body.record : {});
	// Somebody else may have answered while it was read.
	if (entry.outcome !== undefined) return ended(entry, entry.outcome, true);
	if (body.is === 'unreadable' && body.status === 413)
		return { status: 413, html: questionPage(entry.question, recipient, { fault: 'tooLong' }) };
	const read = readAnswer(entry.question, post);
	if (!read.ok) return { status: 422, html: questionPage(entry.question, recipient, { fault: read.fault, post }) };
	const { expiresAt = Infinity } = entry.question;
	// The timer may be a moment late.
	if (expiresAt <= Date.now()) return closed(410, 'expired', entry);
	const end = await account.approvals.questions.end(entry.id, answerData(read.value, recipient, Date.now()));
	return end === undefined ? closed(410, 'canceled', entry) : ended(entry, end.outcome, !end.isNew);
}

/** The page of a link. Only a POST decides. */
async function pageFor(request: Request): Promise<Page> {
	await untilRunning();
	const account = runningAccount(request.params['account'] ?? '');
	const secret = account?.linkSecret ?? '';
	const target = verifyLink(secret, request.params['token']);
	if (account === undefined || target === undefined) return closed(403, 'invalid');
	const entry = await account.approvals.questions.find(target.questionId);
	if (entry === undefined) return closed(410, 'canceled');
	const recipient = entry.recipients.find(({ id }) => id === target.recipientId);
	if (recipient === undefined) return closed(403, 'invalid');
	if (entry.outcome !== undefined) return ended(entry, entry.outcome, true);
	if (request.method === 'POST') return decide(account, entry, recipient, request);
	return { status: 200, html: questionPage(entry.question, recipient) };
}

async function answer(request: Request, response: Response): Promise<void> {
	response.set(pageHeaders);
	if (request.method === 'OPTIONS') return void response.status(204).set('Allow', 'GET, HEAD, POST').end();
	if (!['GET', 'HEAD', 'POST'].includes(request.method))
		return void response.status(405).set('Allow', 'GET, HEAD, POST').end();
	const { status, html } = await pageFor(request);
	// The unread rest of a body would be read as the next request on the connection.
	if (!request.complete) response.set('Connection', 'close');
	response.status(status).send(html);
}

/** Opens the route, once for each Express application of Node-RED. */
export function openQuestionRoute(RED: Runtime): void {
	if (!isFirstTime(RED.httpNode, 'questions')) return;
	RED.httpNode.all('/smtp2go/:account/ask/:token', (request, response) => {
		answer(request, response).catch((thrown: unknown) => {
			RED.log.error(`[smtp2go-account] ${toNodeError(thrown).message}`);
			if (!response.headersSent) response.status(500).end();
		});
	});
}
