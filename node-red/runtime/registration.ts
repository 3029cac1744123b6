/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
/** The one hook that all triggers of an account share: registered, kept up to date and removed at SMTP2GO. */
import { callbackFlaw, emailEvents, ensureHook, removeOurHooks, Smtp2goError, smsEvents, type ReadDelivery, type WantedHook } from '../../api';
import type { Account } from './account';
import { toNodeError } from './errors';
import type { Runtime } from './types';
import { whenListening } from './listening';

/** What a trigger is told about the hook. */
export type HookState =
	| { readonly is: 'registering' | 'listening' }
	| { readonly is: 'byHand' | 'failed'; readonly error: Smtp2goError };

/** A trigger, as its account sees it. */
export interface Subscriber {
	readonly events: readonly string[];
	readonly smsEvents: readonly string[];
	show(state: HookState): void;
	deliver(read: ReadDelivery): void;
}

/** Milliseconds that a deleted account may take to remove its hook: well below Node-RED's limit for closing (15 s). */
const REMOVAL_TIME = 8_000;
/** Milliseconds before a failed registration is tried again: doubled each time. */
const FIRST_RETRY = 5_000;
const LAST_RETRY = 10 * 60_000;

/** What outlives a redeploy, by account ID: the work in progress, and whether there is a hook of ours to take away. */
interface Memory {
	work: Promise<void>;
	registered: boolean;
}
const memories = new Map<string, Memory>();

function memoryOf(id: string): Memory {
	const memory = memories.get(id) ?? { work: Promise.resolve(), registered: false };
	memories.set(id, memory);
	return memory;
}

export class Registration {
	private readonly subscribers = new Map<string, Subscriber>();
	private readonly closed = new AbortController();
	private retry: NodeJS.Timeout | undefined;
	private failures = 0;
	private state: HookState = { is: 'registering' };

	constructor(private readonly RED: Runtime, private readonly account: Account) {}

	/** The running triggers. */
	get triggers(): readonly Subscriber[] {
		return [...this.subscribers.values()];
	}

	subscribe(id: string, subscriber: Subscriber): void {
		this.subscribers.set(id, subscriber);
		subscriber.show(this.state);
	}

	unsubscribe(id: string): void {
		this.subscribers.delete(id);
	}

	/**
	 * Brings SMTP2GO in line with the triggers, after whatever is still going on. Called once for each deploy
	 * (`flows:started`), so that the triggers of one deploy make one change.
	 */
	reconcile(): void {
		clearTimeout(this.retry);
		this.enqueue(async () => {
			const error = await this.bringAbout();
			if (this.closed.signal.aborted) return;
			if (error) this.fail(error);
			else this.failures = 0;
		});
	}

	/** Stops, and takes the hook away where the account is gone for good. Never rejects. */
	async close(removed: boolean): Promise<void> {
		clearTimeout(this.retry);
		this.closed.abort();
		if (!removed) return;
		this.enqueue(async () => {
			const error = await this.remove(AbortSignal.timeout(REMOVAL_TIME));
			if (error) this.log(error);
		});
		await memoryOf(this.account.id).work;
		memories.delete(this.account.id);
	}

	/** A delivery with the right secret came in: a hook that was set up by hand works. */
	confirm(): void {
		if (this.state.is === 'byHand') this.show({ is: 'listening' });
	}

	/** Runs one piece of work after the others of this account ID, also those of a node that was just replaced. */
	private enqueue(work: () => Promise<void>): void {
		const memory = memoryOf(this.account.id);
		memory.work = memory.work.then(work).catch((thrown: unknown) => this.log(thrown));
	}

	private log(error: unknown): void {
		this.account.node.error(toNodeError(error).message);
	}

	private show(state: HookState): void {
		this.state = state;
		for (const subscriber of this.triggers) subscriber.show(state);
	}

	private async bringAbout(): Promise<Smtp2goError | undefined> {
		const wanted = this.wanted();
		if (wanted === undefined) return this.remove(this.closed.signal);
		if (wanted instanceof Smtp2goError) return wanted;
		await whenListening(this.RED, this.closed.signal);
		const connection = this.account.connect(this.closed.signal);
		if (!connection.ok) return connection.error;
		if (this.closed.signal.aborted) return undefined;
		// Noted before the answer: one that gets lost may have left a hook.
		memoryOf(this.account.id).registered = true;
		const hook = await ensureHook(connection.value, wanted, { url: wanted.url, pathEnd: this.account.hookPath });
		if (!hook.ok) return hook.error;
		this.show({ is: 'listening' });
		return undefined;
	}

	/** The hook for the union of what the triggers ask for; undefined when they ask for nothing; an error when there can be none. */
	private wanted(): WantedHook | Smtp2goError | undefined {
		const union = <T extends { readonly value: string }>(all: readonly T[], of: (one: Subscriber) => readonly string[]): T['value'][] =>
			all.map(({ value }) => value).filter((value) => this.triggers.some((trigger) => of(trigger).includes(value)));
		const events = union(emailEvents, (trigger) => trigger.events);
		const sms = union(smsEvents, (trigger) => trigger.smsEvents);
		if (events.length + sms.length === 0) return undefined;
		const { callbackUrl, hookAuth, region, headers, users, subaccount } = this.account;
		const { httpNodeRoot, httpNodeAuth } = this.RED.settings;
		const refuse = (key: string) => new Smtp2goError('invalid', this.RED._(`errors.${key}`));
		if ((httpNodeRoot as unknown) === false) return refuse('noHttpNodes');
		if (callbackUrl === undefined) return refuse('noPublicUrl');
		if (hookAuth === undefined) return refuse('noKey');
		if (httpNodeAuth && hookAuth.type !== 'basic') return refuse('httpNodeAuth');
		const { type, value } = hookAuth;
		return callbackFlaw(callbackUrl, region === 'custom') ?? { url: callbackUrl, events, smsEvents: sms, headers, usernames: users, auth: { type, value }, subaccountId: subaccount };
	}

	/** Removes what is ours; nothing there is fine. */
	private async remove(signal: AbortSignal): Promise<Smtp2goError | undefined> {
		const memory = memoryOf(this.account.id);
		if (!memory.registered) return undefined;
		const connection = this.account.connect(signal);
		if (!connection.ok) return connection.error;
		const { callbackUrl: url = '', hookPath: pathEnd, subaccount } = this.account;
		const gone = await removeOurHooks(connection.value, { url, pathEnd }, subaccount);
		if (!gone.ok) return gone.error;
		memory.registered = false;
		return undefined;
	}

	/** Shows why it failed, and tries again later where that can help. */
	private fail(error: Smtp2goError): void {
		this.show({ is: error.kind === 'permission' ? 'byHand' : 'failed', error });
		this.log(error);
		if (error.kind === 'invalid') return;
		const delay = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** this.failures++);
		this.retry = setTimeout(() => this.reconcile(), delay);
		this.retry.unref();
	}
}
