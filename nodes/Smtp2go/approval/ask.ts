/** Asks a question by email or text message, and makes the execution wait for the answer. */
import {
	NodeOperationError,
	WAIT_INDEFINITELY,
	type IExecuteFunctions,
	type INodeExecutionData,
	type NodeApiError,
} from 'n8n-workflow';
import { clickTracking, sendQuestion, type Connection, type Recipient, type SentQuestion } from '../../../api';
import { isSettled, toNodeError } from '../connection/errors';
import { asNodeError, errorItem } from '../run/error-items';
import { runObject } from '../run/item-outcomes';
import { Session } from '../run/session';
import { settledItems } from '../state/process-state';
import { scheduleFollowUps } from './follow-ups';
import { readForm, type AskingForm } from './form';
import { linkOf, linkWarning } from './links';
import { canLoad, nextRound, save } from './open-question';
import { isReview, timedOut } from './output';

type Failure = NodeApiError | NodeOperationError;

/** How messages to several recipients are sent: each in a separate call, up to five at the same time. */
const SENDING = { together: false, batchSize: 1, concurrency: 5, limits: { concurrency: 5 }, checkFirst: false };

/** How long to wait for the settings of the API key, in milliseconds. */
const TRACKING_MS = 3_000;

/** The reason why this node cannot wait here; undefined if it can. */
function obstacle(context: IExecuteFunctions): Failure | undefined {
	const node = context.getNode();
	const count = context.getInputData().length;
	// The whole execution waits, and continues with one answer.
	if (count > 1)
		return new NodeOperationError(node, `This operation accepts only one item, but got ${count}`, {
			itemIndex: 0,
			description:
				'Nothing was sent. To ask about each item, put a Loop Over Items node with a batch size of 1 before ' +
				'this node. To ask about the first item only, turn on Execute Once in the settings of this node.',
		});
	if (node.type.endsWith('Tool') && !isReview(node))
		return new NodeOperationError(node, 'An AI agent cannot wait for the answer of this tool', {
			itemIndex: 0,
			description: 'Nothing was sent. Use SMTP2GO as a Human in the Loop tool instead.',
		});
	if (!canLoad(context))
		return new NodeOperationError(node, `A node with the name "${node.name}" cannot receive answers`, {
			itemIndex: 0,
			description: "Nothing was sent. n8n's expressions cannot refer to this name. Rename the node.",
		});
	return undefined;
}

/** Shows how sending went: who was not reached, what it costs, and what may keep recipients from answering. */
function showHints(session: Session, { failed, smsUnits }: SentQuestion, others: readonly (string | undefined)[]) {
	for (const { recipient, error } of failed) session.hint(`${recipient.address} was not asked: ${error.message}`);
	for (const text of others) if (text !== undefined) session.hint(text);
	session.showHints();
	if (smsUnits > 0)
		session.context.addExecutionHints({
			message: `SMS units charged: ${smsUnits}. The link takes up most of a unit in each text message.`,
			location: 'outputPane',
			type: 'info',
		});
}

/** Warns if SMTP2GO replaces the links. It does not wait long, because somebody may already open a link. */
async function trackingWarning(
	connection: Connection,
	apiKey: string,
	{ recipients }: AskingForm,
): Promise<string | undefined> {
	if (!recipients.some(({ channel }) => channel === 'email')) return undefined;
	const signal = AbortSignal.timeout(TRACKING_MS);
	return (await clickTracking({ ...connection, signal }, apiKey)) === 'on'
		? 'Click tracking is on for this API key, so SMTP2GO replaces the links in the email with its own. Those ' +
				"are easier to lose or to block. Turn off click tracking for the key on SMTP2GO's page Sending > API " +
				'Keys, or use a separate key for questions.'
		: undefined;
}

/** Asks, and saves what is needed to handle the answer. @throws Failure if nobody was asked */
async function askNow(context: IExecuteFunctions): Promise<void> {
	const refused = obstacle(context);
	if (refused) throw refused;
	const session = new Session(context, SENDING);
	const now = Date.now();
	const read = readForm(context, now);
	if (!read.ok) throw toNodeError(session.node, read.error, 0);
	const form = read.value;
	const round = nextRound(context);
	const withLink = <T extends Recipient>(recipient: T) => ({
		...recipient,
		link: linkOf(context, recipient, round),
	});
	const linked = form.recipients.map(withLink);
	const { connection, apiKey } = await session.connect(0);
	const [asked, tracking] = await Promise.all([
		sendQuestion(connection, form.question, linked, form.sending),
		trackingWarning(connection, apiKey, form),
	]);
	if (!asked.ok) {
		const error = toNodeError(session.node, asked.error, 0);
		// Retry On Fail must not ask again if recipients may have been asked.
		if (isSettled(asked.error))
			settledItems.set(runObject(context), new Map([[0, { ok: false, error, settled: true }]]));
		throw error;
	}
	const scheduled = await scheduleFollowUps(connection, form, withLink);
	save(context, {
		round,
		question: form.question,
		recipients: [...form.recipients, ...(form.escalation?.recipients ?? [])],
		scheduled: scheduled.ids,
	});
	showHints(session, asked.value, [...scheduled.problems, linked[0] && linkWarning(linked[0].link), tracking]);
	// If nobody answers in time, the input of this node goes on. n8n gives each node copies of the items.
	for (const item of context.getInputData()) item.json = timedOut(session.node);
	await context.putExecutionToWait(form.expiresAt === undefined ? WAIT_INDEFINITELY : new Date(form.expiresAt));
}

/**
 * Runs the operation "Send and Wait for Response" for the one input item. The execution continues in answer.ts.
 * @throws NodeApiError or NodeOperationError, with SMTP2GO's own message first
 */
export async function ask(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	try {
		const settled = settledItems.get(runObject(context))?.get(0);
		if (settled?.ok === false) throw settled.error;
		await askNow(context);
		return context.getInputData();
	} catch (thrown) {
		const error = asNodeError(context.getNode(), thrown, 0);
		if (!context.continueOnFail()) throw error;
		return context.getInputData().map((_item, index) => errorItem(error, index));
	}
}
