/** Takes what is posted to the trigger's URL: probes are answered, events with the right token start the workflow. */
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { echoedHeaders, isAllowedSource, isBearerOf, isWanted, parseBody, passes, readDelivery } from '../../../api';
import { monotonic } from '../connection/host';
import { deliveriesOf } from './duplicates';
import { keyOf, memoryOf, readSettings, type Settings } from './trigger-form';

/** n8n answers 200 by itself and starts nothing. */
const NOTHING: IWebhookResponseData = {};

/** Milliseconds between two notes about the same lost secret, and how many triggers are told apart. */
const QUIET = 600_000;
const MOST_TOLD = 1_000;

/** When each trigger's lost secret was last noted. */
const told = new Map<string, number>();

/** A list that an expression left empty allows nobody: it was meant to shut somebody out. */
function mayComeFrom(address: string | undefined, { allowedIps }: Settings): boolean {
	return allowedIps === undefined || (allowedIps.length > 0 && isAllowedSource(address, allowedIps));
}

/** Answers in n8n's place: without this the caller of `noWebhookResponse` would wait for ever. */
function refuse(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/**
 * Says in n8n's log that nothing can be let in any more: now and then, so that a flood of events does not flood the
 * log.
 */
function tellOfLostSecret(context: IWebhookFunctions): void {
	const key = keyOf(context);
	const now = monotonic();
	if (now - (told.get(key) ?? -QUIET) < QUIET) return;
	if (told.size >= MOST_TOLD) told.clear();
	told.set(key, now);
	const { id, name } = context.getWorkflow();
	context.logger.warn(
		`The node "${context.getNode().name}" of the workflow "${name}" (${id}) has lost the secret of its webhook, so it refuses every event. Unpublish (deactivate) the workflow and publish it again, or restart n8n: both give the webhook a new secret. SMTP2GO delivers the refused events again for some days.`,
	);
}

/**
 * One request to the trigger's URL. SMTP2GO probes it with an unknown method when a hook is registered: GET, HEAD and
 * an empty POST get 200. So does an event that was not asked for, or SMTP2GO would send it again.
 */
export async function deliver(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request = context.getRequestObject();
	const text = request.rawBody?.toString('utf8') ?? '';
	if (context.getWebhookName() !== 'default' || text === '') return NOTHING;
	const { digest, next } = memoryOf(context);
	if (digest === undefined && next === undefined) tellOfLostSecret(context);
	if (!isBearerOf(request.headers.authorization, [digest, next]))
		return refuse(context, 401, 'Wrong or missing token');
	const settings = readSettings(context);
	if (!mayComeFrom(request.ip, settings)) return refuse(context, 403, 'Events are not taken from this IP address');
	const raw = parseBody(text, request.headers['content-type']);
	if (raw === undefined) return refuse(context, 400, 'The body is neither a JSON object nor a form');
	const delivery = readDelivery(raw, echoedHeaders(settings.headers, [settings.filter]));
	if (delivery === undefined || !isWanted(delivery, settings) || !passes(delivery, settings.filter)) return NOTHING;
	// The test listener is there to be tried as often as one likes.
	if (settings.skipRepeated && context.getMode() !== 'manual') {
		const standing = deliveriesOf(keyOf(context)).take(delivery.event, context.getResponseObject());
		if (standing === 'repeat') return NOTHING;
		// What becomes of the first is not known yet. SMTP2GO asks again later, so that the event is neither lost nor
		// taken twice.
		if (standing === 'inProgress') return refuse(context, 503, 'The same event is being taken at this moment');
	}
	return { webhookResponse: 'OK', workflowData: [[{ json: delivery.event }]] };
}
