/** One look at the trigger's webhook while n8n runs: what is missing or changed is repaired and logged. */
import type { ITriggerFunctions } from 'n8n-workflow';
import { ensureHook, type Result, type EnsuredHook } from '../../../api';
import { errorInOneMessage } from '../connection/errors';
import { connect } from '../connection/host';
import { warn } from '../connection/log';
import type { Watch, WatchedHook } from '../state/watch';
import { ledgerOf, openGap } from './gaps';
import { triggerKey } from './trigger-form';

/** What the log says about a webhook that was disabled at SMTP2GO. The trigger does not enable it. */
export const PAUSED =
	'Its webhook is disabled at SMTP2GO, so no events arrive. ' +
	"Enable it on SMTP2GO's page Settings > Webhooks, or unpublish (deactivate) the workflow and publish it " +
	'again';

/** What the log says about a repair. */
const REPAIRED: Readonly<Record<Exclude<EnsuredHook['done'], 'kept'>, string>> = {
	added: 'Its webhook was missing at SMTP2GO. It was added again.',
	edited: 'Its webhook was changed at SMTP2GO. It was repaired.',
	moved: 'Its webhook had another address at SMTP2GO. It was repaired.',
};

/**
 * Logs why the webhook could not be checked, once until it succeeds or fails for another reason.
 * @param reason what stays the same if the same thing happens again
 */
function noteTrouble(context: ITriggerFunctions, watch: Watch, reason: string, text: string): void {
	if (watch.trouble === reason) return;
	watch.trouble = reason;
	warn(context, text);
}

/** Checks the webhook. The credential may not be readable outside an activation; then n8n throws. */
async function check(context: ITriggerFunctions, { wanted, ownership }: WatchedHook): Promise<Result<EnsuredHook>> {
	const connection = await connect(context);
	return connection.ok ? ensureHook(connection.value, { ...wanted, wakes: false }, ownership) : connection;
}

/** Takes over what the look found. */
function noteLook(context: ITriggerFunctions, watch: Watch, hook: WatchedHook, seen: EnsuredHook): void {
	const { wanted, ownership, catchesUp } = hook;
	const now = Date.now();
	watch.trouble = undefined;
	if (seen.done !== 'kept') {
		const ledger = ledgerOf(triggerKey(context), now);
		const follows = catchesUp ? ' Events that it missed follow when the activity log has them all.' : '';
		warn(context, `${REPAIRED[seen.done]}${follows}`);
		if (catchesUp && watch.inPlaceAt !== undefined)
			openGap(watch, ledger, Math.max(watch.inPlaceAt, ledger.lastAt), now);
	}
	if (seen.isPaused && watch.isPaused !== true) warn(context, PAUSED);
	watch.isPaused = seen.isPaused;
	watch.inPlaceAt = now;
	watch.hook = {
		...hook,
		wanted: { ...wanted, auth: { ...wanted.auth, value: seen.secret } },
		ownership: { ...ownership, id: seen.id ?? ownership.id },
	};
}

/**
 * Looks at the webhook. n8n's own steps wait for a look under way, so that none adds what the other has removed.
 * @returns false if it could not be checked or repaired
 */
export async function look(context: ITriggerFunctions, watch: Watch, hook: WatchedHook): Promise<boolean> {
	const looking = check(context, hook).catch((thrown: unknown) => String(thrown));
	watch.looking = looking;
	const outcome = await looking;
	watch.looking = undefined;
	// Unpublished or edited in the meantime: what is there now is the business of the next activation.
	if (watch.hook !== hook) return true;
	if (typeof outcome === 'string') {
		noteTrouble(
			context,
			watch,
			outcome,
			'The credential cannot be read while n8n runs, so the webhook is only checked when the workflow is ' +
				`published and when n8n starts: ${outcome}`,
		);
		return false;
	}
	if (!outcome.ok) {
		const { message } = errorInOneMessage(context.getNode(), outcome.error);
		noteTrouble(context, watch, outcome.error.message, `The webhook could not be checked. ${message}`);
		return false;
	}
	noteLook(context, watch, hook, outcome.value);
	return true;
}
