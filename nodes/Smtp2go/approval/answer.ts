/** Handles requests to the personal link of a recipient: GET shows the page, POST decides. */
import { sleep, type IWebhookFunctions, type IWebhookResponseData } from 'n8n-workflow';
import {
	answerData,
	answeredPage,
	cancelScheduled,
	closedPage,
	messageOf,
	pageHeaders,
	questionPage,
	readAnswer,
	readPost,
	textsOf,
	type AnswerData,
	type Recipient,
} from '../../../api';
import { connect } from '../connection/host';
import { answerClaims } from '../state/process-state';
import { LINK_PARAMETER, linkValue, load, type OpenQuestion } from './open-question';
import { answered } from './output';

/** How long an answer keeps others out, in milliseconds. By then, n8n has taken it, or it never will. */
const CLAIM_MS = 60_000;

/** How often it checks whether n8n has responded, in milliseconds: after a client hangs up, no event tells it. */
const STEP_MS = 100;

/** Sends a page itself, because n8n would add its own headers. The execution keeps waiting. */
function show(context: IWebhookFunctions, status: number, page: string): IWebhookResponseData {
	context.getResponseObject().status(status).set(pageHeaders).send(page);
	return { noWebhookResponse: true };
}

/** The recipient whose link this is, if it belongs to the open question. */
function recipientOf({ recipients, round }: OpenQuestion, by: unknown): Recipient | undefined {
	return recipients.find((recipient) => linkValue(recipient, round) === by);
}

/** Cancels the emails that are still scheduled. The answer does not wait for this. */
async function cancel(context: IWebhookFunctions, scheduled: readonly string[]): Promise<void> {
	const connected = await connect(context);
	const canceled = connected.ok ? await cancelScheduled(connected.value, scheduled) : connected;
	if (!canceled.ok) throw canceled.error;
}

/**
 * Waits for n8n's response. `close` comes before it if the client hangs up early, and there is no `finish` then.
 * @returns whether n8n took the answer
 */
async function isTaken(context: IWebhookFunctions): Promise<boolean> {
	const response = context.getResponseObject();
	const until = Date.now() + CLAIM_MS;
	while (!response.writableEnded && Date.now() < until) await sleep(STEP_MS);
	return response.writableEnded && response.statusCode < 400;
}

/**
 * Claims the question for an answer, so that a recipient who answers at the same moment sees that it is too late. If
 * n8n does not accept the answer, the claim ends. Other processes of n8n do not see the claim. There, n8n itself
 * rejects the second answer.
 * @returns the earlier answer, or undefined
 */
function claim(
	context: IWebhookFunctions,
	{ round, scheduled }: OpenQuestion,
	data: AnswerData,
): AnswerData | undefined {
	const key = `${context.getExecutionId()} ${context.getNode().id} ${round}`;
	const earlier = answerClaims.get(key);
	const now = Date.now();
	if (earlier && now - earlier.at < CLAIM_MS) return earlier.data;
	answerClaims.set(key, { data, at: now });
	const settle = async () => {
		if (!(await isTaken(context))) {
			if (answerClaims.get(key)?.data === data) answerClaims.delete(key);
		} else if (scheduled.length > 0) await cancel(context, scheduled);
	};
	const onClose = () => {
		settle().catch((error: unknown) => {
			context.logger.warn(`SMTP2GO: a reminder could not be canceled: ${messageOf(error)}`);
		});
	};
	const response = context.getResponseObject();
	if (response.destroyed) onClose();
	else response.once('close', onClose);
	return undefined;
}

/**
 * Handles a request whose signature n8n has checked. Mail scanners open links, so nothing but a POST decides.
 */
export async function answer(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const open = load(context);
	const by = (context.getQueryData() as Record<string, unknown>)[LINK_PARAMETER];
	const recipient = open && recipientOf(open, by);
	if (!open) return show(context, 404, closedPage(textsOf('en'), 'en', 'notFound'));
	const { question } = open;
	// A link of an earlier round. Its question has ended, because the node asked again.
	if (!recipient) return show(context, 410, answeredPage(question, undefined, { already: true }));
	if (question.expiresAt !== undefined && Date.now() >= question.expiresAt)
		return show(context, 410, closedPage(question.texts, question.language, 'expired'));
	if (context.getRequestObject().method !== 'POST') return show(context, 200, questionPage(question, recipient));
	const post = readPost(context.getBodyData());
	const read = readAnswer(question, post);
	if (!read.ok) return show(context, 422, questionPage(question, recipient, { fault: read.fault, post }));
	const data = answerData(read.value, recipient, Date.now());
	const earlier = claim(context, open, data);
	if (earlier) return show(context, 409, answeredPage(question, earlier, { already: true }));
	// n8n sends this page after it has taken the answer, and adds its own Content-Security-Policy.
	context.getResponseObject().set(pageHeaders);
	return {
		webhookResponse: answeredPage(question, data, { already: false }),
		workflowData: [[answered(context.getNode(), data)]],
	};
}
