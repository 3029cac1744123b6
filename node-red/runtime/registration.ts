/* eslint-disable @n8n/community-nodes/no-restricted-globals */
/** The one hook that all triggers of an account share: registered, kept up to date and removed at SMTP2GO. */
import { ensureHook, removeOurHooks, Smtp2goError } from '../../api';
import type { Account } from './account';
import { toNodeError } from './errors';
import { whenListening } from './listening';
import { forget, memoryOf } from './memory';
import { echoedHeaders, type HookState, type Subscriber } from './subscriber';
import type { Runtime } from './types';
import { wantedHook } from './wanted-hook';

/** Milliseconds that a deleted account may take to remove its hook: well below Node-RED's limit for closing (15 s). */
const REMOVAL_TIME = 8_000;
/** Milliseconds before a failed registration is tried again: doubled each time. */
const FIRST_RETRY = 5_000;
const LAST_RETRY = 10 * 60_000;

/** Keeps one account's hook in line with its triggers. */
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

	/** The headers of a mail that each event repeats. */
	get headers(): readonly string[] {
		return echoedHeaders(this.account.headers, this.triggers);
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
		forget(this.account.id);
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
		const wanted = wantedHook(this.RED, this.account, this.triggers);
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
		// Neither gets better by itself: a deploy, after the mend, tries again. A hook set up by hand would be told off each time.
		if (error.kind === 'invalid' || error.kind === 'permission') return;
		const delay = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** this.failures++);
		this.retry = setTimeout(() => this.reconcile(), delay);
		this.retry.unref();
	}
}
