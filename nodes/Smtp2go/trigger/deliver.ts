/** Takes what is posted to the trigger's URL: probes are answered, events with the right token start the workflow. */
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isBearer, isWanted, parseBody, readDelivery } from '../../../api';
import { memoryOf, readSettings } from './settings';

/** n8n answers 200 by itself and starts nothing. */
const NOTHING: IWebhookResponseData = {};

/** Answers in n8n's place: without this the caller of `noWebhookResponse` would wait for ever. */
function refuse(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/**
 * One request to the trigger's URL. SMTP2GO probes it when a hook is registered, by a method nobody knows: GET, HEAD and
 * an empty POST get 200. An event that nobody asked for does too, or SMTP2GO would send it again.
 */
export async function deliver(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request = context.getRequestObject();
	const text = request.rawBody?.toString('utf8') ?? '';
	if (context.getWebhookName() !== 'default' || text === '') return NOTHING;
	if (!isBearer(request.headers.authorization, memoryOf(context).secret)) return refuse(context, 401, 'Wrong or missing token');
	const raw = parseBody(text, request.headers['content-type']);
	if (raw === undefined) return refuse(context, 400, 'The body is neither a JSON object nor a form');
	const settings = readSettings(context);
	const delivery = readDelivery(raw, settings.headers);
	if (delivery === undefined || !isWanted(delivery, settings)) return NOTHING;
	return { webhookResponse: 'OK', workflowData: [[{ json: delivery.event }]] };
}
