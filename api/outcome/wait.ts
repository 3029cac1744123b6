/** Waits until the outcomes of emails are known, or the time is up. */
import type { Connection } from '../client/call';
import { notify } from '../client/gate';
import { Smtp2goError, type ErrorType } from '../core/errors';
import { failure, success, type Result } from '../core/result';
import { PAGE } from '../feed/log-reader';
import { OutcomeLog } from './log';
import type { WaitedOutcomes, WaitOptions, WatchedEmail } from './types';
import { OutcomeWatch } from './watch';

/** How the pauses between looks grow, in milliseconds: for emails whose entries fit on one page, and for more. */
const SMALL = { first: 10_000, growth: 1.5, longest: 60_000 };
const LARGE = { first: 60_000, growth: 2, longest: 240_000 };

/** How long the last look may take after the time is up, in milliseconds. */
const GRACE = 60_000;

/** Errors that no later look can be without. */
const LASTING: readonly ErrorType[] = ['auth', 'permission', 'invalid', 'refused'];

/** Returns a connection that is canceled at a moment of the monotonic clock, too. */
function until(connection: Connection, end: number): { readonly connection: Connection; readonly stop: () => void } {
	const { host, signal } = connection;
	const [late, timer] = [new AbortController(), new AbortController()];
	const abort = () => late.abort();
	if (signal?.aborted) abort();
	signal?.addEventListener('abort', abort, { once: true });
	void host.sleep(end - host.monotonic(), timer.signal).then(abort);
	const stop = () => {
		signal?.removeEventListener('abort', abort);
		timer.abort();
	};
	return { connection: { ...connection, signal: late.signal }, stop };
}

function cancelled(): Result<never> {
	return failure(
		new Smtp2goError('cancelled', 'Canceled while waiting for the outcome. The emails are not affected'),
	);
}

/** The error of a wait that never could read the log. It keeps what the last look failed with. */
function neverRead({ type, message, details }: Smtp2goError): Result<never> {
	if (LASTING.includes(type)) return failure(new Smtp2goError(type, message, details));
	const what = 'The activity log could not be read within the time limit';
	// Stopped by the time limit, not by a user.
	if (type === 'cancelled') return failure(new Smtp2goError('server', what, { ...details, hint: 'Try again later' }));
	return failure(new Smtp2goError(type, `${what}. ${message}`, details));
}

/** One wait. */
class Wait {
	private readonly watch: OutcomeWatch;
	private readonly keys: readonly Result<string>[];

	constructor(
		private readonly connection: Connection,
		emails: readonly WatchedEmail[],
		private readonly options: WaitOptions,
	) {
		this.watch = new OutcomeWatch({ maxEarly: 0, ...options });
		this.keys = emails.map((email) => this.watch.add(email));
	}

	async run(): Promise<Result<WaitedOutcomes>> {
		const { host } = this.connection;
		const begun = host.monotonic();
		const end = begun + Math.max(0, this.options.timeoutMs);
		const guard = until(this.connection, end + GRACE);
		const log = new OutcomeLog(guard.connection, this.options);
		const fault = await this.look(log, end);
		guard.stop();
		if (this.connection.signal?.aborted) return cancelled();
		// What earlier looks found is not lost.
		if (fault !== undefined && log.knowledge.readAt === null) return neverRead(fault);
		return success({ outcomes: this.outcomes(), log: log.knowledge, waitedMs: host.monotonic() - begun });
	}

	/** Looks until everything is known or the time is up. Returns the error of the last look. */
	private async look(log: OutcomeLog, end: number): Promise<Smtp2goError | undefined> {
		const { connection, watch } = this;
		const { host, signal } = connection;
		const { first, growth, longest } = watch.size > PAGE ? LARGE : SMALL;
		for (let pause = first; this.open > 0; pause = Math.min(longest, pause * growth)) {
			const isLast = host.monotonic() >= end;
			const looked = await log.look(watch, { whole: isLast });
			const fault = looked.ok ? undefined : looked.error;
			const isOver = isLast || signal?.aborted === true || this.open === 0;
			if (isOver || (fault !== undefined && LASTING.includes(fault.type))) return fault;
			const left = Math.max(0, Math.min(pause, end - host.monotonic()));
			// The same reason each time: hosts add up the waits for each reason.
			notify(connection, left, 'the outcomes of emails were not known yet');
			await host.sleep(left, signal);
			if (signal?.aborted) return undefined;
		}
		return undefined;
	}

	private get open(): number {
		return this.watch.keys().filter((key) => !this.watch.isSettled(key)).length;
	}

	private outcomes(): WaitedOutcomes['outcomes'] {
		return this.keys.map((key) => {
			const outcome = key.ok ? this.watch.outcomeOf(key.value) : undefined;
			return outcome ?? (key.ok ? new Smtp2goError('invalid', 'The email is not watched') : key.error);
		});
	}
}

/** Returns the error of an email that cannot be watched; undefined if it can. */
export function faultOf(email: WatchedEmail): Smtp2goError | undefined {
	const key = new OutcomeWatch({}).add(email);
	return key.ok ? undefined : key.error;
}

/**
 * Waits for the outcomes of emails, by looking at the activity log now and then. It ends as soon as all are final, and
 * otherwise when the time is up: what is not known then is `pending`.
 *
 * A look that fails is repeated within the time limit, and `log.problem` says so if the last one failed.
 * @param emails one or thousands; an email can occur several times
 * @returns an outcome for each email, or its `invalid` error if it has no ID; an error if the log could never be read,
 *   at once if the key has no permission for it
 */
export function waitForOutcomes(
	connection: Connection,
	emails: readonly WatchedEmail[],
	options: WaitOptions,
): Promise<Result<WaitedOutcomes>> {
	return new Wait(connection, emails, options).run();
}
