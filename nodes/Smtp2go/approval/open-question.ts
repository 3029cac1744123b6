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

/** Its value: the recipient, and the round unless it is the first. It is short, since text messages have little room. */
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

/**
 * Loads the question. Only an expression can read the node's context here. The form is not read again: its expressions
 * could resolve to other values by now.
 */
export function load(context: IWebhookFunctions): OpenQuestion | undefined {
	// A brace in the node's name would end the expression.
	const name = JSON.stringify(context.getNode().name).replace(/[{}]/g, (brace) =>
		brace === '{' ? '\\u007b' : '\\u007d',
	);
	return parse(context.evaluateExpression(`{{ $node[${name}].context[${JSON.stringify(KEY)}] }}`));
}
