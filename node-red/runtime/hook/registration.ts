/** The one hook that all triggers of an account share: registered, kept up to date and removed at SMTP2GO. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { setTimeout as pause } from 'node:timers/promises';
import { alikeNote, echoedHeaders, ensureHook, Smtp2goError, withoutSecret, type EnsuredHook } from '../../../api';
import type { Account } from '../account/account';
import { toNodeError } from '../platform/errors';
import { whenListening } from './listening';
import { enqueue, forget, memoryOf } from '../process/state';
import { clearAll, clearOthers, letGo, ownershipAt, placeFor } from './location';
import type { HookState, Subscriber } from '../events/subscriber';
import { checkDelay, retryDelay, timesOf, type Times } from '../platform/timing';
import type { Runtime } from '../platform/types';
import { wantedHook } from './wanted-hook';

/** Keeps one account's hook in line with its triggers. */
export class Registration {
	private readonly subscribers = new Map<string, Subscriber>();
	private readonly closed = new AbortController();
	private readonly times: Times;
	/** The next look at the hook, or the next try. */
	private timer: NodeJS.Timeout | undefined;
	private failures = 0;
	/**
	 * What was told of the failure that lasts, to each trigger and (under `undefined`) to the log: it is not told again
	 * at each try.
	 */
	private told = new Map<Subscriber | undefined, string>();
	private state: HookState = { is: 'registering' };

	constructor(
		private readonly RED: Runtime,
		private readonly account: Account,
	) {
		this.times = timesOf(RED);
	}

	/** The running triggers. */
	get triggers(): readonly Subscriber[] {
		return [...this.subscribers.values()];
	}

	/** The headers of an email that each event repeats. */
	get headers(): readonly string[] {
		return echoedHeaders(
			this.account.headers,
			this.triggers.map(({ filter }) => filter),
		);
	}

	subscribe(subscriber: Subscriber): void {
		this.subscribers.set(subscriber.id, subscriber);
		subscriber.show(this.state);
	}

	unsubscribe(id: string): void {
		this.told.delete(this.subscribers.get(id));
		this.subscribers.delete(id);
	}

	/**
	 * Brings SMTP2GO in line with the triggers, after whatever is still going on. Called once for each deploy
	 * (`flows:started`), so that the triggers of one deploy make one change; then again from time to time, because a
	 * hook
	 * can be changed or lost at SMTP2GO.
	 */
	reconcile(): void {
		clearTimeout(this.timer);
		this.enqueue(async () => {
			if (this.closed.signal.aborted) return;
			const error = await this.bringAbout();
			if (this.closed.signal.aborted) return;
			if (error) this.fail(error);
			else this.rest();
		});
	}

	/** Stops, and takes the hook away where the account is gone for good. Never rejects. */
	async close(removed: boolean): Promise<void> {
		clearTimeout(this.timer);
		this.closed.abort();
		if (!removed) return;
		const { id } = this.account;
		const { places } = memoryOf(id);
		this.enqueue(async () => {
			const gone = await clearAll(this.RED, places, AbortSignal.timeout(this.times.removal));
			if (!gone.ok) this.report(gone.error);
		});
		// What takes longer goes on by itself: a deploy does not wait for it.
		await Promise.race([memoryOf(id).work, pause(this.times.removal + 500, undefined, { ref: false })]);
		if (places.size === 0) forget(id);
	}

	/** A delivery with the right secret came in: a hook that was set up by hand works. */
	confirm(): void {
		if (this.state.is === 'byHand') this.show({ is: 'listening' });
	}

	private enqueue(work: () => Promise<void>): void {
		enqueue(this.account.id, work, (thrown) => this.report(thrown));
	}

	/** Tells the log what went wrong. */
	report(error: unknown): void {
		this.account.node.error(toNodeError(error).message);
	}

	private show(state: HookState): void {
		this.state = state;
		for (const subscriber of this.triggers) subscriber.show(state);
	}

	private async bringAbout(): Promise<Smtp2goError | undefined> {
		const { signal } = this.closed;
		const wanted = wantedHook(this.RED, this.account, this.triggers);
		if (wanted === undefined) return this.takeAway(signal);
		if (wanted instanceof Smtp2goError) return wanted;
		await whenListening(this.RED, signal);
		const connection = this.account.connect(signal);
		if (!connection.ok) return connection.error;
		if (signal.aborted) return undefined;
		const memory = memoryOf(this.account.id);
		const here = placeFor(memory.places, this.account.settings, this.account.subaccount);
		this.tellLeft(letGo(memory.places, here, wanted.url));
		const ownership = ownershipAt(memory.places, here, wanted.url, this.account.hookPath);
		const wasMade = here.urls.get(wanted.url) ?? false;
		// Noted before the answer: one that gets lost may have left a hook.
		here.urls.set(wanted.url, wasMade);
		const hook = await ensureHook(connection.value, wanted, ownership);
		if (!hook.ok) return hook.error;
		const isMade = wasMade || hook.value.done === 'added' || hook.value.done === 'moved';
		Object.assign(here, { urls: new Map([[wanted.url, isMade]]), hookId: hook.value.id });
		memory.swept = true;
		this.standing(hook.value, wanted.url);
		for (const error of await clearOthers(this.RED, memory.places, here, hook.value, signal)) {
			this.account.node.warn(this.RED._('errors.oldWebhookNotRemoved', { message: toNodeError(error).message }));
		}
		return undefined;
	}

	/** Shows that the hook stands, and tells of what only its owner can decide. */
	private standing({ done, isPaused, alike }: EnsuredHook, url: string): void {
		if (isPaused && this.state.is !== 'paused') this.account.node.warn(this.RED._('errors.paused'));
		this.show({ is: isPaused ? 'paused' : 'listening' });
		const note = done === 'added' ? alikeNote(alike, url) : undefined;
		if (note !== undefined) this.account.node.warn(note);
	}

	private tellLeft(urls: readonly string[]): void {
		for (const url of urls)
			this.account.node.warn(this.RED._('errors.oldWebhookKept', { url: withoutSecret(url) }));
	}

	/**
	 * Removes what is ours where there are no triggers. The first time that includes a hook of an earlier process,
	 * whose
	 * last trigger was deleted while Node-RED was off.
	 */
	private async takeAway(signal: AbortSignal): Promise<Smtp2goError | undefined> {
		const { id, callbackUrl, apiKey, settings, subaccount, node } = this.account;
		const memory = memoryOf(id);
		const own =
			callbackUrl === undefined || memory.swept || apiKey === ''
				? undefined
				: placeFor(memory.places, settings, subaccount);
		if (own && callbackUrl !== undefined && !own.urls.has(callbackUrl)) own.urls.set(callbackUrl, false);
		this.tellLeft(letGo(memory.places, undefined, callbackUrl));
		const gone = await clearAll(this.RED, memory.places, signal);
		// A key that may not look has never registered a hook.
		const isHarmless = !gone.ok && !memory.swept && gone.error.kind === 'permission';
		if (isHarmless) memory.places.clear();
		if (!gone.ok && !isHarmless) return gone.error;
		if (gone.ok && gone.value > 0 && !memory.swept) node.log(this.RED._('errors.leftoverWebhookRemoved'));
		memory.swept = true;
		return undefined;
	}

	private schedule(delay: number): void {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.reconcile(), delay);
		this.timer.unref();
	}

	/** All is well: looks again after a while where there is a hook. */
	private rest(): void {
		this.failures = 0;
		this.told.clear();
		if (['listening', 'paused'].includes(this.state.is) && this.subscribers.size > 0)
			this.schedule(checkDelay(this.times));
	}

	/** Shows why it failed, and tries again later where that can help. */
	private fail(error: Smtp2goError): void {
		this.show({ is: error.kind === 'permission' ? 'byHand' : 'failed', error });
		this.tell(error);
		// Neither goes away by itself: a deploy after the fix tries again. A hook set up by hand would be reported as a
		// failure
		// each time.
		if (error.kind === 'invalid' || error.kind === 'permission') return;
		this.schedule(retryDelay(this.times, this.failures++));
	}

	/** Tells of a failure once: the flow of each trigger, or the log where there is none. */
	private tell(error: Smtp2goError): void {
		for (const one of this.triggers.length > 0 ? this.triggers : [undefined]) {
			if (this.told.get(one) === error.message) continue;
			this.told.set(one, error.message);
			if (one) one.fail(error);
			else this.report(error);
		}
	}
}
