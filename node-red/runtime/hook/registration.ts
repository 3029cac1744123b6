/** Registers, updates, and removes at SMTP2GO the one webhook that all triggers of an account share. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { setTimeout as pause } from 'node:timers/promises';
import { alikeNote, echoedHeaders, ensureHook, Smtp2goError, withoutSecret, type EnsuredHook } from '../../../api';
import { connect } from '../connection/connection';
import type { HookState, Subscriber } from '../events/subscriber';
import { translated } from '../platform/api-texts';
import { toNodeError } from '../platform/errors';
import type { Runtime } from '../platform/runtime';
import { checkDelay, retryDelay, timingOf, type Timing } from '../platform/timing';
import { enqueue, type HookEvent, type HookMemory } from './hook-memory';
import type { HookOwner } from './hook-owner';
import { whenListening } from './listening';
import { forgetFound, locationFor, ownershipAt, removeElsewhere, removeEverywhere } from './location';
import { wantedHook } from './wanted-hook';

/** Keeps one account's webhook in line with its triggers. */
export class Registration {
	private readonly subscribers = new Map<string, Subscriber>();
	private readonly closed = new AbortController();
	private readonly timing: Timing;
	/** The next check, or the next retry. */
	private timer: NodeJS.Timeout | undefined;
	private failures = 0;
	/**
	 * The error that each trigger, and the log (under `undefined`), was last notified of. It is not repeated at each
	 * retry.
	 */
	private notified = new Map<Subscriber | undefined, string>();
	private state: HookState = { is: 'registering' };

	constructor(
		private readonly RED: Runtime,
		private readonly owner: HookOwner,
		private readonly memory: HookMemory,
	) {
		this.timing = timingOf(RED);
	}

	/** The running triggers. */
	get triggers(): readonly Subscriber[] {
		return [...this.subscribers.values()];
	}

	/** The headers of an email that each event repeats. */
	get headers(): readonly string[] {
		return echoedHeaders(
			this.owner.hookSettings.headers,
			this.triggers.map(({ filter }) => filter),
		);
	}

	/** The state of the webhook; undefined if no node needs it. */
	get hookState(): HookState | undefined {
		return this.subscribers.size === 0 ? undefined : this.state;
	}

	/** The last event that it delivered to this process. */
	get lastEvent(): HookEvent | undefined {
		return this.memory.lastEvent;
	}

	subscribe(subscriber: Subscriber): void {
		this.subscribers.set(subscriber.id, subscriber);
		subscriber.show(this.state);
	}

	unsubscribe(id: string): void {
		this.notified.delete(this.subscribers.get(id));
		this.subscribers.delete(id);
	}

	/**
	 * Brings SMTP2GO in line with the triggers, after any work that is still going on. Called once for each deploy
	 * (`flows:started`), so that all triggers of a deploy make one change, and then from time to time, because a
	 * webhook can be changed or deleted at SMTP2GO.
	 */
	reconcile(): void {
		clearTimeout(this.timer);
		this.enqueue(async () => {
			if (this.closed.signal.aborted) return;
			const error = await this.ensure();
			if (this.closed.signal.aborted) return;
			if (error) this.fail(error);
			else this.succeed();
		});
	}

	/** Stops, and removes the webhook if the account was deleted. Never rejects. */
	async close(removed: boolean): Promise<void> {
		clearTimeout(this.timer);
		this.closed.abort();
		if (!removed) return;
		this.enqueue(async () => {
			const outcome = await removeEverywhere(
				this.RED,
				this.memory.locations,
				AbortSignal.timeout(this.timing.removal),
			);
			if (!outcome.ok) this.report(outcome.error);
		});
		// What takes longer goes on by itself: a deploy does not wait for it.
		await Promise.race([this.memory.work, pause(this.timing.removal + 500, undefined, { ref: false })]);
	}

	/** Called for each delivery with the right token: a webhook that was set up manually works. */
	confirm(): void {
		if (this.state.is === 'manual') this.show({ is: 'listening' });
	}

	/** Notes an event that arrived. */
	noteEvent(kind: string): void {
		this.memory.lastEvent = { kind, at: Date.now() };
	}

	/** Logs an error. */
	report(error: unknown): void {
		this.owner.node.error(toNodeError(error).message);
	}

	private enqueue(work: () => Promise<void>): void {
		enqueue(this.memory, work, (thrown) => this.report(thrown));
	}

	private show(state: HookState): void {
		this.state = state;
		for (const subscriber of this.triggers) subscriber.show(state);
	}

	private async ensure(): Promise<Smtp2goError | undefined> {
		const { RED, memory, owner } = this;
		const { signal } = this.closed;
		const wanted = wantedHook(RED, owner, this.triggers);
		if (wanted === undefined) return this.removeUnused(signal);
		if (wanted instanceof Smtp2goError) return wanted;
		await whenListening(RED, signal);
		const connection = connect(RED, owner.settings, signal);
		if (!connection.ok) return connection.error;
		if (signal.aborted) return undefined;
		const here = locationFor(memory.locations, owner.settings, owner.hookSettings.subaccount);
		this.warnOfForgotten(forgetFound(memory.locations, here, wanted.url));
		const ownership = ownershipAt(memory.locations, here, wanted.url, owner.hookSettings.path);
		const wasCreated = here.urls.get(wanted.url) ?? false;
		// Remembered before the call: if the response is lost, a webhook can be there.
		here.urls.set(wanted.url, wasCreated);
		const hook = await ensureHook(connection.value, wanted, ownership);
		if (!hook.ok) return hook.error;
		const isCreated = wasCreated || hook.value.done === 'added' || hook.value.done === 'moved';
		Object.assign(here, { urls: new Map([[wanted.url, isCreated]]), hookId: hook.value.id });
		memory.checkedForStrays = true;
		this.showRegistered(hook.value, wanted.url);
		for (const error of await removeElsewhere(RED, memory.locations, here, hook.value, signal)) {
			owner.node.warn(RED._('errors.oldWebhookNotRemoved', { message: toNodeError(error).message }));
		}
		return undefined;
	}

	/** Shows that the webhook is registered, and warns of what only its owner can decide. */
	private showRegistered({ done, isPaused, alike }: EnsuredHook, url: string): void {
		if (isPaused && this.state.is !== 'paused') this.owner.node.warn(this.RED._('errors.paused'));
		this.show({ is: isPaused ? 'paused' : 'listening' });
		const note = done === 'added' ? alikeNote(alike, url) : undefined;
		if (note !== undefined) this.owner.node.warn(translated(note));
	}

	private warnOfForgotten(urls: readonly string[]): void {
		for (const url of urls) this.owner.node.warn(this.RED._('errors.oldWebhookKept', { url: withoutSecret(url) }));
	}

	/**
	 * Removes our webhook if no trigger needs it. The first time, this includes one of an earlier process whose last
	 * trigger was deleted while Node-RED was off.
	 */
	private async removeUnused(signal: AbortSignal): Promise<Smtp2goError | undefined> {
		const { RED, memory } = this;
		const { settings, node } = this.owner;
		const { callbackUrl, subaccount } = this.owner.hookSettings;
		const here =
			callbackUrl === undefined || memory.checkedForStrays || settings.apiKey === ''
				? undefined
				: locationFor(memory.locations, settings, subaccount);
		if (here && callbackUrl !== undefined && !here.urls.has(callbackUrl)) here.urls.set(callbackUrl, false);
		this.warnOfForgotten(forgetFound(memory.locations, undefined, callbackUrl));
		const outcome = await removeEverywhere(RED, memory.locations, signal);
		// A key without the permission to list webhooks has never registered one.
		const isHarmless = !outcome.ok && !memory.checkedForStrays && outcome.error.type === 'permission';
		if (isHarmless) memory.locations.clear();
		if (!outcome.ok && !isHarmless) return outcome.error;
		if (outcome.ok && outcome.value > 0 && !memory.checkedForStrays)
			node.log(RED._('errors.leftoverWebhookRemoved'));
		memory.checkedForStrays = true;
		return undefined;
	}

	private schedule(delay: number): void {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.reconcile(), delay);
		this.timer.unref();
	}

	/** Checks the webhook again after a while, if there is one. */
	private succeed(): void {
		this.failures = 0;
		this.notified.clear();
		if (['listening', 'paused'].includes(this.state.is) && this.subscribers.size > 0)
			this.schedule(checkDelay(this.timing));
	}

	/** Shows the error, and retries later if that can help. */
	private fail(error: Smtp2goError): void {
		this.show({ is: error.type === 'permission' ? 'manual' : 'failed', error });
		this.notify(error);
		// Neither goes away by itself: the deploy after the fix retries. A webhook that was set up manually would be
		// shown as failed each time.
		if (error.type === 'invalid' || error.type === 'permission') return;
		this.schedule(retryDelay(this.timing, this.failures++));
	}

	/** Reports a failure once to the flow of each trigger, or to the log if there is no trigger. */
	private notify(error: Smtp2goError): void {
		for (const one of this.triggers.length > 0 ? this.triggers : [undefined]) {
			if (this.notified.get(one) === error.message) continue;
			this.notified.set(one, error.message);
			if (one) one.fail(error);
			else this.report(error);
		}
	}
}
