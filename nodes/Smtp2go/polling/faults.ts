/**
 * What a poll does about a fault. A passing one is logged, since the next poll reads what this one could not. A lasting
 * one is thrown once, so that it is seen, and then only logged.
 */
import type { IPollFunctions } from 'n8n-workflow';
import type { ErrorType, Smtp2goError } from '../../../api';
import { errorInOneMessage } from '../connection/errors';
import { warn } from '../connection/log';
import type { Poller } from '../state/process-state';

/** Errors that can pass by themselves. */
const PASSING: readonly ErrorType[] = ['rateLimit', 'server', 'unreachable', 'outcomeUnknown', 'cancelled'];

/** The minimum time between two log entries about the same fault, in milliseconds. */
const LOG_INTERVAL = 3_600_000;

const GOES_ON = 'The node keeps polling and continues where it stopped as soon as this is fixed';

/** True if n8n starts: an error thrown then would switch the trigger off. */
function isHostStart(context: IPollFunctions): boolean {
	return ['init', 'leadershipChange'].includes(context.getActivationMode());
}

/** True if the same text was logged within the last hour. */
function isRepeated(last: Poller['logged'], text: string, now: number): boolean {
	return last?.text === text && now - last.at < LOG_INTERVAL;
}

/** Logs a fault, but the same one at most once an hour. */
function log(context: IPollFunctions, poller: Poller, text: string, now: number): void {
	if (isRepeated(poller.logged, text, now)) return;
	poller.logged = { text, at: now };
	warn(context, text);
}

/** Logs what a poll that succeeded has to say, but the same at most once an hour. */
export function logNotes(context: IPollFunctions, poller: Poller, notes: readonly string[], now: number): void {
	const text = notes.join(' ');
	if (isRepeated(poller.noted, text, now)) return;
	if (text !== '') poller.noted = { text, at: now };
	for (const note of notes) warn(context, note);
}

/** The situation in which a poll failed. */
export interface FailedPoll {
	/** True if the node has polled with success before, so that nothing is lost. */
	readonly hasPolled: boolean;
	/** True if n8n is publishing the workflow, so that a person is there to read the error. */
	readonly isPublished: boolean;
	/** By a clock that nobody can set, in milliseconds. */
	readonly now: number;
}

/**
 * Handles a fault.
 * @throws NodeApiError for a fault that a person must know: n8n shows it when the workflow is published, or as a failed
 *   execution
 */
export function handleFault(
	context: IPollFunctions,
	poller: Poller,
	error: Smtp2goError,
	{ hasPolled, isPublished, now }: FailedPoll,
): null {
	const isStart = isHostStart(context);
	const isPassing = PASSING.includes(error.type);
	const isForPublisher = isPublished && !isStart;
	if (isPassing ? hasPolled || !isForPublisher : poller.told === error.message && !isForPublisher) {
		log(context, poller, `${error.message}. ${GOES_ON}.`, now);
		return null;
	}
	poller.told = error.message;
	const shown = errorInOneMessage(context.getNode(), error, isForPublisher ? undefined : GOES_ON);
	if (!isStart) throw shown;
	context.__emitError(shown);
	return null;
}

/** Notes that a poll succeeded. */
export function clearFaults(context: IPollFunctions, poller: Poller): void {
	if (poller.told !== undefined || poller.logged !== undefined) context.logger.info('The SMTP2GO poll works again');
	delete poller.told;
	delete poller.logged;
}
