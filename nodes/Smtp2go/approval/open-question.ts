/**
 * The question that an execution waits for, kept in the execution's own data: it survives a restart, and all processes
 * of n8n read the same data. It holds no link and no secret, because users can see the data of executions.
 */
import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { isRecord, parseJson, type Question, type Recipient } from '../../../api';

/** A question and what belongs to it. */
export interface OpenQuestion {
	/** Counts the questions of this node in the execution, from 1: a loop or an AI agent asks several. */
	readonly round: number;
	readonly question: Question;
	/** Everyone with a link, including the recipients of the escalation. */
	readonly recipients: readonly Recipient[];
	/** The IDs of scheduled emails, to be canceled when the answer comes. */
	readonly scheduled: readonly string[];
}

/** Its name in the node's context, which n8n saves with a waiting execution. */
const KEY = 'openQuestion';

/** The parameter of a link that names its recipient. n8n signs it, so it cannot be changed. */
export const LINK_PARAMETER = 'by';

/**
 * Its value: the recipient, and the round unless it is the first. It is short, since text messages have little room.
 */
export function linkValue({ id }: Pick<Recipient, 'id'>, round: number): string {
	return round === 1 ? id : `${id}.${round}`;
}

function parse(saved: unknown): OpenQuestion | undefined {
	const open = typeof saved === 'string' ? parseJson(saved) : undefined;
	return isRecord(open) ? (open as unknown as OpenQuestion) : undefined;
}

/** The number of the question that is about to be asked. */
export function nextRound(context: IExecuteFunctions): number {
	return (parse(context.getContext('node')[KEY])?.round ?? 0) + 1;
}

/** Saves a question, until the next one of this node. */
export function save(context: IExecuteFunctions, open: OpenQuestion): void {
	context.getContext('node')[KEY] = JSON.stringify(open);
}

/** Quotes a text for an expression. n8n would misread braces, line separators, and some words after a dot. */
function quoted(text: string): string {
	return `"${text.replace(/[^A-Za-z0-9 ]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
}

/** The expression that reads the question from the context of the node. */
function contextExpression(context: Pick<IWebhookFunctions, 'getNode'>): string {
	return `{{ $node[${quoted(context.getNode().name)}].context[${quoted(KEY)}] }}`;
}

/** True if the question can be loaded later. n8n rejects some names of nodes in expressions, such as `constructor`. */
export function canLoad(context: IExecuteFunctions): boolean {
	try {
		context.evaluateExpression(contextExpression(context), 0);
		return true;
	} catch {
		return false;
	}
}

/**
 * Loads the question. Only an expression can read the node's context here. The form is not read again: its expressions
 * could resolve to other values by now.
 */
export function load(context: IWebhookFunctions): OpenQuestion | undefined {
	return parse(context.evaluateExpression(contextExpression(context)));
}
