/**
 * The life of the trigger's webhook at SMTP2GO. n8n shows only an error's message when a workflow is activated, so it
 * says everything.
 */
import { NodeApiError, type IHookFunctions } from 'n8n-workflow';
import {
	alikeNote,
	callbackFlaw,
	digestOf,
	echoedHeaders,
	emailEvents,
	endOfPath,
	ensureHook,
	invalid,
	lookAtHook,
	newToken,
	removeOurHooks,
	smsEvents,
	unreadableSource,
	type Advise,
	type Connection,
	type ErrorKind,
	type Ownership,
	type Result,
	type Smtp2goError,
	type WantedHook,
} from '../../../api';
import { connect, CREDENTIAL } from '../connection/host';
import { forget, memoryOf, readSettings, unknownEvents, type Memory } from './trigger-form';

const PUBLIC_ADDRESS = 'In n8n, set the environment variable WEBHOOK_URL to the public address and start n8n again';
const PAUSED =
	"Its webhook is disabled at SMTP2GO, so no event comes. Enable it on SMTP2GO's page Settings > Webhooks, or unpublish (deactivate) the workflow and publish it again";
const OWN_HOOK = 'The test listener needs a webhook of its own';
const ONE_HOOK = `${OWN_HOOK}. Where the account has room for one only: unpublish (deactivate) the workflow that has it, test, and publish that workflow again`;

function sentences(parts: readonly (string | undefined)[]): string {
	const texts = parts
		.filter((part) => part !== undefined && part !== '')
		.map((part) => String(part).replace(/\.$/, ''));
	return `${texts.filter((text, index) => !texts.slice(0, index).some((earlier) => earlier.includes(text))).join('. ')}.`;
}

/** The node's error with everything in its message. */
function hookError(context: IHookFunctions, error: Smtp2goError, advice?: string): NodeApiError {
	const { httpStatus } = error.details;
	const text = sentences([error.message, error.explanation, advice]);
	const message = error.kind === 'invalid' || /smtp2go/i.test(text) ? text : `SMTP2GO: ${text}`;
	const shown = new NodeApiError(
		context.getNode(),
		{ message },
		{ message, ...(httpStatus ? { httpCode: String(httpStatus) } : {}) },
	);
	shown.message = message;
	return shown;
}

function valueOf<T>(context: IHookFunctions, result: Result<T>): T {
	if (!result.ok) throw hookError(context, result.error);
	return result.value;
}

/** This node's URL in the current mode: n8n's test listener has a different one. */
function callbackUrl(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

function ownership(context: IHookFunctions): Ownership {
	const url = callbackUrl(context);
	return { url, id: memoryOf(context).hookId, pathEnd: `/${endOfPath(url) ?? ''}` };
}

async function connectHook(context: IHookFunctions): Promise<Connection> {
	return valueOf(context, await connect(context));
}

/**
 * The hook that should be there.
 * @param secret for a hook that has none of ours; one whose secret has the noted digest keeps it
 */
function wantedHook(context: IHookFunctions, { digest }: Memory, secret: string): WantedHook {
	const settings = readSettings(context);
	const { events, smsEvents: sms, headers, filter, usernames, subaccountId } = settings;
	return {
		url: callbackUrl(context),
		events: emailEvents.map(({ value }) => value).filter((event) => events.includes(event)),
		smsEvents: smsEvents.map(({ value }) => value).filter((event) => sms.includes(event)),
		headers: echoedHeaders(headers, [filter]),
		usernames,
		subaccountId,
		auth: { type: 'bearer', value: secret, accepts: (value) => digestOf(value) === digest },
		wakes: !isStart(context),
	};
}

/** What is wrong with the form, before anything is sent. */
function formFlaw(context: IHookFunctions): Smtp2goError | undefined {
	const settings = readSettings(context);
	const [unknown] = unknownEvents(settings);
	if (unknown !== undefined) return invalid('events', `SMTP2GO has no event "${unknown}"`);
	if (!['', 'hard', 'soft'].includes(settings.bounceType))
		return invalid('bounce_type', `Bounce Type: "${settings.bounceType}" is neither "hard" nor "soft"`);
	const blank = settings.filter.headers.find(({ value }) => value === '');
	if (blank)
		return invalid('filter_headers', `Header Values: give the value of "${blank.header}", or no event would fit`);
	if (settings.allowedIps?.length === 0)
		return invalid('allowed_ips', 'Allowed IP Addresses is empty: add an address, or take the option away');
	const source = unreadableSource(settings.allowedIps ?? []);
	if (source !== undefined)
		return invalid(
			'allowed_ips',
			`Allowed IP Addresses: "${source}" is neither an address nor a range such as 203.0.113.0/24`,
		);
	return settings.events.length + settings.smsEvents.length === 0
		? invalid('events', 'Choose at least one event')
		: undefined;
}

/** A URL without the part that tells n8n's test listener from its published workflows: `/webhook-test/<id>/smtp2go`. */
function withoutEndpoint(url: string): string {
	if (!URL.canParse(url)) return url;
	const { origin, pathname } = new URL(url);
	const parts = pathname.split('/');
	return [origin, ...parts.slice(0, -3), ...parts.slice(-2)].join('/');
}

/** True for the two URLs of one node: that of the test listener, and that of the published workflow. */
function isTwin(other: string, url: string): boolean {
	return other !== url && withoutEndpoint(other) === withoutEndpoint(url);
}

/** What to do at the limit: the test listener cannot share the published workflow's webhook, which is not changed. */
function adviseOf(context: IHookFunctions): Advise | undefined {
	if (context.getMode() !== 'manual') return undefined;
	const url = callbackUrl(context);
	return (found) => {
		const production = found.find((hook) => isTwin(hook.url, url));
		return production === undefined
			? ONE_HOOK
			: `${OWN_HOOK}, and no. ${production.id} is that of this same node in the published workflow, which goes on as it is. Unpublish (deactivate) the workflow, test it, and publish it again`;
	};
}

/** Faults that pass by themselves. */
const PASSING: readonly ErrorKind[] = ['rateLimit', 'server', 'unreachable'];

/**
 * True where n8n starts, or becomes the leader of several. Where a look fails then, n8n would take a webhook away that
 * works (webhook-trigger-registrar.js of 2.41.1).
 */
function isStart(context: IHookFunctions): boolean {
	return ['init', 'leadershipChange'].includes(context.getActivationMode());
}

function warn(context: IHookFunctions, text: string): void {
	const { id, name } = context.getWorkflow();
	context.logger.warn(`The node "${context.getNode().name}" of the workflow "${name}" (${id}): ${text}`);
}

/**
 * True where the hook is at SMTP2GO as it should be. A lost secret means no, and so does one of another address:
 * `ensure` then makes a new one.
 */
export async function isInPlace(context: IHookFunctions): Promise<boolean> {
	const memory = memoryOf(context);
	if (memory.digest === undefined || memory.url !== callbackUrl(context)) return false;
	const found = await lookAtHook(
		await connectHook(context),
		wantedHook(context, memory, newToken()),
		ownership(context),
	);
	if (!found.ok && memory.hookId !== undefined && isStart(context) && PASSING.includes(found.error.kind)) {
		warn(
			context,
			`The webhook could not be checked when n8n started, so it is assumed to exist: ${found.error.message}`,
		);
		return true;
	}
	const { isInPlace: isThere, isPaused } = valueOf(context, found);
	if (isThere && isPaused) warn(context, PAUSED);
	return isThere;
}

/** The memory at this address. What a copy of n8n or an imported workflow brought along belongs to another one. */
function memoryHere(context: IHookFunctions): Memory {
	const memory = memoryOf(context);
	const url = callbackUrl(context);
	if (memory.url !== url) forget(memory);
	memory.url = url;
	return memory;
}

/**
 * Keeps, edits or adds the hook. A new secret is remembered before SMTP2GO learns it, so that no event comes too early.
 */
export async function ensure(context: IHookFunctions): Promise<boolean> {
	const { region } = await context.getCredentials(CREDENTIAL);
	const flaw = formFlaw(context);
	if (flaw) throw hookError(context, flaw);
	const url = callbackUrl(context);
	const unreachable = callbackFlaw(url, region === 'custom');
	if (unreachable) throw hookError(context, unreachable, PUBLIC_ADDRESS);
	const memory = memoryHere(context);
	const secret = newToken();
	memory.next = digestOf(secret);
	const hook = valueOf(
		context,
		await ensureHook(
			await connectHook(context),
			wantedHook(context, memory, secret),
			ownership(context),
			adviseOf(context),
		),
	);
	memory.digest = digestOf(hook.secret);
	delete memory.next;
	if (hook.id !== undefined) memory.hookId = hook.id;
	if (hook.isPaused) warn(context, PAUSED);
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

/** Removes the hook; none there is fine. Any other failure is thrown, so that n8n tries again and then says so. */
export async function remove(context: IHookFunctions): Promise<boolean> {
	const { subaccountId } = readSettings(context);
	valueOf(context, await removeOurHooks(await connectHook(context), ownership(context), subaccountId));
	forget(memoryOf(context));
	return true;
}
