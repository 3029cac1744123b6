/** Passes messages on: with the response, one for each entry of a list, or with the outcome of many emails. */
import type { NodeMessage, NodeMessageInFlow } from 'node-red';
import type { Json, JsonObject, OperationBase, Outcome, Result } from '../../../../api';
import { translated } from '../../platform/api-texts';
import { BatchError, toNodeError } from '../../platform/errors';
import { withValueAt, type Path } from './result-path';
import type { Runtime } from '../../platform/runtime';
import type { ActionDef } from '../../platform/saved-nodes';

export type Send = (msg: NodeMessage | (NodeMessage | NodeMessage[] | null)[]) => void;

/** An email that SMTP2GO accepted. */
export interface Sent {
	/** What goes on as the result. */
	readonly result: JsonObject;
	/** SMTP2GO's own response. */
	readonly data: JsonObject;
}

/** A message to pass on, and the path in it for the result. */
export interface Onward {
	readonly msg: NodeMessageInFlow;
	readonly send: Send;
	readonly to: Path;
}

/**
 * The properties of a message that hold the result. A result below `msg.smtp2go` is added to the details of the
 * response.
 */
function resultProperties(
	msg: NodeMessageInFlow,
	[first = '', ...rest]: Path,
	result: unknown,
	smtp2go: object,
): object {
	return { smtp2go, [first]: withValueAt(first === 'smtp2go' ? smtp2go : msg[first], rest, result) };
}

/**
 * One message for each entry, with `parts` so that a Join node can join them again. As in Node-RED's Split node, the
 * `parts` of an outer sequence are kept inside.
 */
function split(RED: Runtime, { msg, to }: Onward, entries: readonly Json[], smtp2go: object): NodeMessage[] {
	const outer = msg['parts'] === undefined ? {} : { parts: msg['parts'] };
	const id = RED.util.generateId();
	return entries.map((entry, index) => ({
		...msg,
		...resultProperties(msg, to, entry, smtp2go),
		parts: { id, type: 'array', index, count: entries.length, len: 1, ...outer },
	}));
}

/**
 * The message with the result: itself, or a copy if it cannot be changed. What was sent must not look like a failure.
 */
function withResult({ msg, to }: Onward, result: unknown, smtp2go: object): NodeMessage {
	const made = resultProperties(msg, to, result, smtp2go);
	try {
		return Object.assign(msg, made);
	} catch {
		return { ...msg, ...made };
	}
}

/** The result with the downloaded file, in the form that the email node takes as an attachment. */
function withFile({ result, file }: Outcome): unknown {
	if (file === undefined || typeof result !== 'object' || result === null || Array.isArray(result)) return result;
	return {
		...result,
		file: { ...file, content: Buffer.from(file.content.buffer, file.content.byteOffset, file.content.byteLength) },
	};
}

/** Passes a message on with the response. */
export function deliver(
	RED: Runtime,
	def: ActionDef,
	operation: OperationBase,
	outcome: Outcome,
	onward: Onward,
): void {
	const { data, requestId } = outcome.response;
	const { hint } = outcome;
	const smtp2go = { operation: operation.key, requestId, data, ...(hint === undefined ? {} : { hint }) };
	// Without the whole response: Node-RED copies each message, and the list in each copy would fill the memory.
	if (def.output === 'each' && Array.isArray(outcome.result))
		return onward.send([
			split(RED, onward, outcome.result, {
				operation: operation.key,
				requestId,
				...(hint === undefined ? {} : { hint }),
			}),
		]);
	onward.send(withResult(onward, withFile(outcome), smtp2go));
}

/** Passes a message on with the outcome of its email. */
export function deliverEmail({ key }: OperationBase, { result, data }: Sent, onward: Onward): void {
	onward.send(withResult(onward, result, { operation: key, data }));
}

/** Passes a message on with the request that was not sent (dry run). */
export function deliverPreview({ key }: OperationBase, preview: Json, onward: Onward): void {
	onward.send(withResult(onward, preview, { operation: key, dryRun: true }));
}

/**
 * The outcome of an email, as a flow reads it: `{ ok: true, emailId, to, … }`, or `{ ok: false, code, type, message,
 * to, subject }`.
 */
function showOutcome(outcome: Result<JsonObject>): JsonObject {
	if (outcome.ok) return { ok: true, ...outcome.value };
	const {
		type,
		code,
		details: { to, subject },
	} = outcome.error;
	return {
		ok: false,
		code,
		type,
		message: toNodeError(outcome.error).message,
		...(to === undefined ? {} : { to: [...to] }),
		...(subject === undefined ? {} : { subject }),
	};
}

/** The error of emails if some were not accepted; undefined if all were. */
export function batchError(RED: Runtime, emails: readonly Result<JsonObject>[]): BatchError | undefined {
	const errors = emails.flatMap((email, index) => (email.ok ? [] : [{ error: email.error, place: index + 1 }]));
	// An email with an unknown outcome, or one that was partly sent, is reported first: it must not simply be resent.
	const found =
		errors.find(({ error }) => error.type === 'outcomeUnknown') ??
		errors.find(({ error }) => error.details.partly) ??
		errors[0];
	if (found === undefined) return undefined;
	const { error: worst, place } = found;
	const words = {
		refused: String(errors.length),
		count: String(emails.length),
		place: String(place),
		reason: translated(worst.message),
	};
	return new BatchError(
		worst,
		RED._(worst.type === 'outcomeUnknown' ? 'errors.batchUnknown' : 'errors.batch', words),
		emails.map(showOutcome),
	);
}

/** Passes a message on with the outcome of each email of its list. */
export function deliverEmails({ key }: OperationBase, emails: readonly Result<JsonObject>[], onward: Onward): void {
	const sent = emails.filter(({ ok }) => ok).length;
	onward.send(withResult(onward, emails.map(showOutcome), { operation: key, sent, failed: emails.length - sent }));
}
