/** Reads what a message with sent emails is about, and makes the messages that go on. */
import type { Node, NodeMessage } from 'node-red';
import { isRecord, Smtp2goError, type EmailOutcome } from '../../../api';
import type { TypedValue } from '../../shared/saved-action';
import { evaluate, type Reader } from '../action/read/evaluate';
import { withValueAt, type Path } from '../action/result/result-path';
import { keepMessage, reviveMessage } from '../waiting/kept-message';
import { newState } from './email-state';
import { readEntry, readSent, type SentEmail } from './sent-emails';
import { notAccepted } from './verdict';
import { messageOf, type Wait, type WaitingEmail } from './wait';

/** An email of a batch that SMTP2GO did not accept, and its outcome. */
export type NotAccepted = readonly [WaitingEmail, EmailOutcome];

/** What a message is about. */
export interface Content {
	readonly emails: readonly WaitingEmail[];
	readonly notAccepted: readonly NotAccepted[];
	/** The list that they are in; undefined if the message is about one email. */
	readonly list: Wait['list'];
	/** The message without its list. */
	readonly msg: NodeMessage;
}

/** The place of the emails, as an error names it. */
function placeOf({ type, value }: TypedValue): string {
	return type === 'jsonata' ? `(${String(value)})` : `${type}.${String(value)}`;
}

function refuse({ RED }: Reader, key: string, sent: TypedValue): Smtp2goError {
	return new Smtp2goError('invalid', RED._(`outcome.errors.${key}`, { place: placeOf(sent) }));
}

/** An email of which nothing is known yet. */
function waiting(email: SentEmail, index: number, entry: Pick<WaitingEmail, 'entry'> = {}): WaitingEmail {
	return { ...email, ...entry, index, state: newState(email.emailId, email.to) };
}

/** Reads a list: each of its emails gets its own message, with its entry in place of the list. */
function readList(
	reader: Reader & { readonly node: Node },
	msg: NodeMessage,
	list: unknown[],
	sent: TypedValue,
): Content {
	const { RED, node } = reader;
	const isInMessage = sent.type === 'msg';
	const path: Path = isInMessage ? RED.util.normalisePropertyExpression(String(sent.value), msg) : [];
	const all = list.flatMap((one) => {
		const { entry = null } = keepMessage({ entry: one } as unknown as NodeMessage).json;
		const read = readEntry(entry);
		return read === undefined ? [] : [{ read, entry: isInMessage ? { entry } : {} }];
	});
	if (all.length === 0) throw refuse(reader, 'noEmail', sent);
	if (all.length < list.length)
		node.warn(RED._('outcome.errors.withoutId', { count: String(list.length - all.length), place: placeOf(sent) }));
	const [first = '', ...rest] = path;
	return {
		emails: all.flatMap(({ read, entry }, index) => ('emailId' in read ? [waiting(read, index, entry)] : [])),
		notAccepted: all.flatMap(({ read, entry }, index): NotAccepted[] =>
			'failed' in read ? [[waiting({ emailId: '', to: [] }, index, entry), notAccepted(read.failed)]] : [],
		),
		list: { id: RED.util.generateId(), count: all.length, path },
		msg: isInMessage ? { ...msg, [first]: withValueAt(valueOf(msg, first), rest, null) } : msg,
	};
}

function valueOf(msg: NodeMessage, name: string | number): unknown {
	return (msg as unknown as Record<string | number, unknown>)[name];
}

/**
 * Reads a message.
 * @param sent where its emails are
 * @throws an `invalid` error if there are none
 */
export async function readContent(
	reader: Reader & { readonly node: Node },
	msg: NodeMessage,
	sent: TypedValue,
): Promise<Content> {
	const field = { name: 'sent', label: reader.RED._('outcome.sent') };
	const value = await evaluate(reader, msg, field, sent);
	if (Array.isArray(value)) return readList(reader, msg, value as unknown[], sent);
	const email = readSent(value);
	if (email !== undefined) return { emails: [waiting(email, 0)], notAccepted: [], list: undefined, msg };
	const isScheduled = isRecord(value) && typeof value['scheduleId'] === 'string';
	throw refuse(reader, isScheduled ? 'scheduled' : 'noEmail', sent);
}

/** The message of an email: the one that waits, or a copy of it with the email's entry in place of the list. */
export function messageFor(
	{ RED }: Pick<Reader, 'RED'>,
	wait: Wait,
	{ index, entry }: WaitingEmail,
	outcome: EmailOutcome,
): NodeMessage {
	const msg = messageOf(wait);
	const { list } = wait;
	if (list === undefined) return Object.assign(msg, { outcome });
	const copy = RED.util.cloneMessage(msg);
	const { id, count, path } = list;
	const [first, ...rest] = path;
	const outer = valueOf(copy, 'parts');
	// As in Node-RED's Split node, the `parts` of an outer sequence are kept inside.
	const parts = { id, type: 'array', index, count, len: 1, ...(outer === undefined ? {} : { parts: outer }) };
	const own = first === undefined || entry === undefined ? undefined : valueOf(reviveMessage({ entry }), 'entry');
	return Object.assign(copy, {
		...(first === undefined ? {} : { [first]: withValueAt(valueOf(copy, first), rest, own) }),
		parts,
		outcome,
	});
}
