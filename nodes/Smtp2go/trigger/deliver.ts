/**
 * Handles what is posted to the trigger's URL: probes get a response, events with the right token start the workflow.
 */
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { echoedHeaders, isAllowedSource, isBearerOf, isWanted, parseBody, passes, readDelivery } from '../../../api';
import { monotonic } from '../connection/host';
import { lostSecretLogs } from '../state/process-state';
import { receive, receivedBy } from './duplicates';
import { acceptedDigests, isFirst, saveDigest } from './received';
import { readTriggerForm, triggerKey, type TriggerForm } from './trigger-form';

/** n8n responds with 200 by itself and starts nothing. */
const IGNORED: IWebhookResponseData = {};

/** The minimum time between two log entries about the same lost secret, in milliseconds. */
const LOG_INTERVAL = 600_000;

/** If an expression resolves to an empty list, no address is allowed: the list was meant to keep others out. */
function isAllowedAddress(address: string | undefined, { allowedIps }: TriggerForm): boolean {
	return allowedIps === undefined || (allowedIps.length > 0 && isAllowedSource(address, allowedIps));
}

/** Responds in place of n8n. Without this, `noWebhookResponse` would leave the caller waiting forever. */
function reject(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/** Logs that no event can be accepted any more, at intervals. */
function logLostSecret(context: IWebhookFunctions): void {
	const key = triggerKey(context);
	const now = monotonic();
	if (now - (lostSecretLogs.get(key) ?? -LOG_INTERVAL) < LOG_INTERVAL) return;
	lostSecretLogs.set(key, now);
	const { id, name } = context.getWorkflow();
	context.logger.warn(
		`The node "${context.getNode().name}" of the workflow "${name}" (${id}) has lost the token of its ` +
			'webhook and rejects every event. Unpublish (deactivate) the workflow and publish it again, or restart ' +
			'n8n. Either creates a new token. SMTP2GO keeps retrying the rejected events for some days.',
	);
}

/**
 * Handles one request to the trigger's URL. SMTP2GO probes it with an unknown method when a webhook is registered, so
 * GET, HEAD and an empty POST get 200. So does an event that nobody asked for, or SMTP2GO would send it again.
 */
export async function deliver(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request = context.getRequestObject();
	const text = request.rawBody?.toString('utf8') ?? '';
	if (context.getWebhookName() !== 'default' || text === '') return IGNORED;
	const accepted = acceptedDigests(context);
	if (accepted.length === 0) logLostSecret(context);
	if (!isBearerOf(request.headers.authorization, accepted)) return reject(context, 401, 'Wrong or missing token');
	saveDigest(context, request.headers.authorization);
	const form = readTriggerForm(context);
	if (!isAllowedAddress(request.ip, form))
		return reject(context, 403, 'Events from this IP address are not accepted');
	const raw = parseBody(text, request.headers['content-type']);
	if (raw === undefined) return reject(context, 400, 'The body is neither a JSON object nor a form');
	const delivery = readDelivery(raw, echoedHeaders(form.headers, [form.filter]));
	if (delivery === undefined || !isWanted(delivery, form) || !passes(delivery, form.filter)) return IGNORED;
	// In test mode, the same event can be sent as often as needed.
	if (form.skipRepeated && context.getMode() !== 'manual') {
		const status = receive(receivedBy(triggerKey(context)), delivery.event, context.getResponseObject());
		if (status === 'duplicate') return IGNORED;
		// The first delivery may still fail. SMTP2GO retries later, so the event is neither lost nor handled twice.
		if (status === 'inProgress') return reject(context, 503, 'The same event is being processed');
	}
	if (context.getMode() !== 'manual' && !isFirst(context, delivery.event, form.catchUp)) return IGNORED;
	return { webhookResponse: 'OK', workflowData: [[{ json: delivery.event }]] };
}
