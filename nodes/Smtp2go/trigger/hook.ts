/**
 * The life cycle of the trigger's webhook at SMTP2GO. When a workflow is activated, n8n shows only the message of an
 * error, so the message says everything.
 */
import type { IHookFunctions } from 'n8n-workflow';
import {
	alikeNote,
	callbackUrlError,
	digestOf,
	echoedHeaders,
	emailEvents,
	endOfPath,
	ensureHook,
	lookAtHook,
	newToken,
	removeOurHooks,
	smsEvents,
	type Advise,
	type Connection,
	type ErrorType,
	type Ownership,
	type Result,
	type WantedHook,
} from '../../../api';
import { errorInOneMessage } from '../connection/errors';
import { connect, CREDENTIAL } from '../connection/host';
import { warn } from '../connection/log';
import type { WatchedHook } from '../state/watch';
import { noteInPlace, stopWatching } from './gaps';
import { clearEvents, clearMemory, hookMemory, type HookMemory } from './hook-memory';
import { PAUSED } from './look';
import { readTriggerForm } from './trigger-form';
import { formProblem } from './validate-form';

const PUBLIC_ADDRESS = 'Set the environment variable WEBHOOK_URL of n8n to its public address, and restart n8n';
const TEST_WEBHOOK = 'A test needs its own webhook';
const FREE_ONE =
	`${TEST_WEBHOOK}. If your account allows only one, unpublish (deactivate) the workflow that uses it, run the ` +
	'test, and publish that workflow again';

function unwrap<T>(context: IHookFunctions, result: Result<T>): T {
	if (!result.ok) throw errorInOneMessage(context.getNode(), result.error);
	return result.value;
}

/** This node's URL in the current mode: a test has a different one. */
function callbackUrl(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

function ownership(context: IHookFunctions): Ownership {
	const url = callbackUrl(context);
	return { url, id: hookMemory(context).hookId, pathEnd: `/${endOfPath(url) ?? ''}` };
}

async function connectHook(context: IHookFunctions): Promise<Connection> {
	return unwrap(context, await connect(context));
}

/**
 * The webhook that should exist.
 * @param secret the token for a webhook that has none of ours; one whose token has the remembered digest keeps it
 */
function wantedHook(context: IHookFunctions, { digest }: HookMemory, secret: string): WantedHook {
	const { events, smsEvents: sms, headers, filter, usernames, subaccountId } = readTriggerForm(context);
	return {
		url: callbackUrl(context),
		events: emailEvents.map(({ value }) => value).filter((event) => events.includes(event)),
		smsEvents: smsEvents.map(({ value }) => value).filter((event) => sms.includes(event)),
		headers: echoedHeaders(headers, [filter]),
		usernames,
		subaccountId,
		auth: { type: 'bearer', value: secret, accepts: (value) => digestOf(value) === digest },
		wakes: !isHostStart(context),
	};
}

/** A URL without the part that tells a test from a published workflow: `/webhook-test/<id>/smtp2go`. */
function withoutEndpoint(url: string): string {
	if (!URL.canParse(url)) return url;
	const { origin, pathname } = new URL(url);
	const parts = pathname.split('/');
	return [origin, ...parts.slice(0, -3), ...parts.slice(-2)].join('/');
}

/** True for the two URLs of one node: that of a test, and that of the published workflow. */
function isTwin(other: string, url: string): boolean {
	return other !== url && withoutEndpoint(other) === withoutEndpoint(url);
}

/** What to do if the account allows no more webhooks. A test cannot share the one of the published workflow. */
function limitAdvice(context: IHookFunctions): Advise | undefined {
	if (context.getMode() !== 'manual') return undefined;
	const url = callbackUrl(context);
	return (found) => {
		const production = found.find((hook) => isTwin(hook.url, url));
		return production === undefined
			? FREE_ONE
			: `${TEST_WEBHOOK}, and webhook ${production.id} belongs to this node in the published workflow, ` +
					'which keeps running. Unpublish (deactivate) the workflow, run the test, and publish it again';
	};
}

/** Errors that can pass by themselves. */
const TEMPORARY_ERRORS: readonly ErrorType[] = ['rateLimit', 'server', 'unreachable'];

/**
 * True if n8n starts, or becomes the leader of several. If a check fails then, n8n would remove a webhook that works
 * (webhook-trigger-registrar.js of 2.41.1).
 */
function isHostStart(context: IHookFunctions): boolean {
	return ['init', 'leadershipChange'].includes(context.getActivationMode());
}

/** What to look after while n8n runs: the webhook with the token that it has, and the events that it asks for. */
function watchedHook(context: IHookFunctions, wanted: WantedHook, token: string): WatchedHook {
	const form = readTriggerForm(context);
	return {
		wanted: {
			...wanted,
			auth: { ...wanted.auth, value: token, accepts: (value) => digestOf(value) === hookMemory(context).digest },
		},
		ownership: ownership(context),
		catchesUp: form.catchUp && form.events.length > 0 ? { ...form, headers: wanted.headers } : undefined,
	};
}

/**
 * True if the webhook exists at SMTP2GO as it should be. False if its token is lost or it belongs to another URL:
 * `ensure` then sets it up again.
 */
export async function isInPlace(context: IHookFunctions): Promise<boolean> {
	const memory = hookMemory(context);
	if (memory.digest === undefined || memory.url !== callbackUrl(context)) return false;
	let token = newToken();
	const wanted = wantedHook(context, memory, token);
	// The list shows the token, of which only a digest is remembered. To add the webhook again, it is needed.
	const accepts = (value: string) => {
		const isOurs = wanted.auth.accepts?.(value) === true;
		if (isOurs) token = value;
		return isOurs;
	};
	const found = await lookAtHook(
		await connectHook(context),
		{ ...wanted, auth: { ...wanted.auth, accepts } },
		ownership(context),
	);
	if (
		!found.ok &&
		memory.hookId !== undefined &&
		isHostStart(context) &&
		TEMPORARY_ERRORS.includes(found.error.type)
	) {
		warn(
			context,
			`The webhook could not be checked when n8n started, so it is assumed to exist: ${found.error.message}`,
		);
		const hook = watchedHook(context, wanted, token);
		noteInPlace(context, { hook, isPaused: false, wasMissing: false, isAssumed: true });
		return true;
	}
	const { isInPlace: isThere, isPaused } = unwrap(context, found);
	if (!isThere) return false;
	if (isPaused) warn(context, PAUSED);
	noteInPlace(context, { hook: watchedHook(context, wanted, token), isPaused, wasMissing: false });
	return true;
}

/** The memory for this URL. What a copy of n8n or an imported workflow brought along belongs to another one. */
function memoryHere(context: IHookFunctions): HookMemory {
	const memory = hookMemory(context);
	const url = callbackUrl(context);
	if (memory.url !== undefined && memory.url !== url) clearEvents(memory);
	if (memory.url !== url) clearMemory(memory);
	memory.url = url;
	return memory;
}

/**
 * Keeps, edits or adds the webhook. A new token is remembered before SMTP2GO learns it, so that no event arrives too
 * early.
 */
export async function ensure(context: IHookFunctions): Promise<boolean> {
	const { region } = await context.getCredentials(CREDENTIAL);
	const problem = formProblem(readTriggerForm(context));
	if (problem) throw errorInOneMessage(context.getNode(), problem);
	const url = callbackUrl(context);
	const unreachable = callbackUrlError(url, region === 'custom');
	if (unreachable) throw errorInOneMessage(context.getNode(), unreachable, PUBLIC_ADDRESS);
	const memory = memoryHere(context);
	const secret = newToken();
	memory.next = digestOf(secret);
	const wanted = wantedHook(context, memory, secret);
	const hook = unwrap(
		context,
		await ensureHook(await connectHook(context), wanted, ownership(context), limitAdvice(context)),
	);
	memory.digest = digestOf(hook.secret);
	delete memory.next;
	if (hook.id !== undefined) memory.hookId = hook.id;
	if (hook.isPaused) warn(context, PAUSED);
	noteInPlace(context, {
		hook: watchedHook(context, wanted, hook.secret),
		isPaused: hook.isPaused,
		wasMissing: hook.done !== 'kept',
	});
	const alike =
		hook.done === 'added'
			? alikeNote(
					hook.alike.filter((other) => !isTwin(other.url, url)),
					url,
				)
			: undefined;
	if (alike !== undefined) warn(context, alike);
	return true;
}

/**
 * Removes the webhook; it is fine if there is none. Any other failure is thrown, so that n8n retries and reports it.
 */
export async function remove(context: IHookFunctions): Promise<boolean> {
	await stopWatching(context);
	const { subaccountId } = readTriggerForm(context);
	unwrap(context, await removeOurHooks(await connectHook(context), ownership(context), subaccountId));
	clearMemory(hookMemory(context));
	return true;
}
