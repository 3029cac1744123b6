/** Asks a question for a message: reads it, keeps it, and sends it. */
/* eslint-disable @n8n/community-nodes/require-node-api-error */
import { randomBytes } from 'node:crypto';
import type { Node, NodeMessage } from 'node-red';
import {
	callbackUrlError,
	clickTracking,
	moreRecipients,
	readQuestion,
	readRecipients,
	replySms,
	scheduleReminder,
	sendQuestion,
	sendReplySms,
	signLink,
	Smtp2goError,
	type Connection,
	type LinkedRecipient,
	type Question,
	type Recipient,
	type Result,
} from '../../../api';
import { askFields, isAsked, MAX_LIMIT, MAX_SCHEDULE_HOURS, units, wayOf, type AskField } from '../../shared/saved-ask';
import { NOT_SET } from '../../shared/saved-action';
import { evaluate, type Reader } from '../action/read/evaluate';
import { toNodeError } from '../platform/errors';
import type { Runtime } from '../platform/runtime';
import type { AskDef } from '../platform/saved-nodes';
import { MessageKeeper } from '../waiting/message-keeper';
import { hasRoom, MAX_KEPT_TOTAL } from '../waiting/room';
import type { Approvals } from './approvals';
import { codesFor } from './numbers';
import type { OpenQuestion } from './open-question';

/** Maximum number of open questions of an account. */
export const MAX_OPEN = 1000;

/** What asking needs from the account. */
export interface AskAccount {
	readonly id: string;
	readonly apiKey: string;
	readonly linkSecret: string;
	readonly hookSettings: { readonly address: string | undefined };
	readonly approvals: Approvals;
	queued(signal?: AbortSignal): Result<Connection>;
}

/** The values of a message, by field. */
type Values = Partial<Record<AskField, unknown>>;

/** Why links cannot work; undefined if they can. */
export function linkProblem(RED: Runtime, { hookSettings, apiKey }: AskAccount): Smtp2goError | undefined {
	const refuse = (key: string) => new Smtp2goError('invalid', RED._(`errors.${key}`));
	if ((RED.settings.httpNodeRoot as unknown) === false) return refuse('noPages');
	if (hookSettings.address === undefined) return refuse('noLinks');
	if (apiKey === '') return new Smtp2goError('auth', RED._('errors.noKey'));
	// Recipients can be in the same network.
	return callbackUrlError(hookSettings.address, true);
}

/** The value of a result, or its error thrown. */
function valueOf<T>(result: Result<T>): T {
	if (!result.ok) throw result.error;
	return result.value;
}

/** A duration of a saved node in milliseconds; undefined for none. It can come from an environment variable. */
function durationOf(
	RED: Runtime,
	saved: number | string | undefined,
	unit: number,
	most: number,
	key: string,
): number | undefined {
	const text = String(saved ?? '').trim();
	if (text === '') return undefined;
	const milliseconds = Number(text) * unit;
	if (milliseconds > 0 && milliseconds <= most) return milliseconds;
	throw new Smtp2goError('invalid', RED._(`errors.${key}`, { value: text }));
}

export class Asking {
	private readonly keeper: MessageKeeper;

	/**
	 * @param reader of the values of a message; its signal cancels calls that wait
	 * @param isKept true if questions survive a restart
	 */
	constructor(
		private readonly reader: Reader & { readonly node: Node },
		private readonly def: AskDef,
		private readonly account: AskAccount,
		isKept: boolean,
	) {
		const { RED, node } = reader;
		this.keeper = new MessageKeeper({
			isKept,
			tooLarge: (most) => new Smtp2goError('invalid', RED._('errors.messageTooLarge', { most })),
			warn: (names) => node.warn(RED._('errors.notKept', { names })),
		});
	}

	/**
	 * Asks. Resolves when the question was sent to at least one recipient.
	 * @returns the number of SMS units that were sent, for the status
	 * @throws the error if nobody was asked
	 */
	async ask(msg: NodeMessage): Promise<number> {
		const { RED } = this.reader;
		const way = wayOf(this.def);
		const isReply = way === 'smsReply';
		const problem = isReply ? undefined : linkProblem(RED, this.account);
		if (problem) throw problem;
		const values = await this.read(msg);
		const first = valueOf(
			readRecipients(
				way === 'email' || way === 'both' ? (values.to ?? '') : undefined,
				way === 'email' ? undefined : (values.phones ?? ''),
				values.country,
			),
		);
		const later =
			values.escalateTo === undefined
				? []
				: moreRecipients(first, valueOf(readRecipients(values.escalateTo, undefined)));
		const limit = this.waitLimit();
		const question = valueOf(this.readQuestion(values, limit));
		const delays = this.delays(limit ?? Infinity);
		const connection = valueOf(this.account.queued(this.reader.signal));
		const kept = this.keeper.keep(msg);
		const { questions, loadAll, everyQuestion } = this.account.approvals;
		if (isReply) await loadAll();
		const entry = await questions.add((open) => {
			this.checkRoom(open, kept);
			return {
				id: randomBytes(6).toString('base64url'),
				node: this.reader.node.id,
				question,
				recipients: [...first, ...later],
				replies: isReply
					? { sender: String(values.smsSender ?? ''), confirms: this.def.confirmReply ?? true }
					: undefined,
				codes: isReply ? codesFor(first, everyQuestion(), Date.now()) : {},
				askedAt: Date.now(),
				isSent: false,
				told: [],
				scheduled: [],
				outcome: undefined,
				kept,
				live: msg,
			};
		});
		try {
			const smsUnits = isReply
				? await this.sendReplies(connection, entry, first)
				: await this.sendLinks(connection, entry, first, values);
			entry.isSent = true;
			if (!isReply) await this.schedule(connection, entry, first, later, values, delays);
			return smsUnits;
		} catch (thrown) {
			if (!(thrown instanceof Smtp2goError) || thrown.type !== 'outcomeUnknown') throw thrown;
			// The recipients may have the question, and then their answer counts.
			entry.isSent = true;
			this.reader.node.warn(RED._('errors.maybeAsked', { message: toNodeError(thrown).message }));
			return 0;
		} finally {
			// Without a recipient, there is no question.
			if (entry.isSent) await questions.keep(entry);
			else await questions.forget(entry.id);
		}
	}

	/** The values of the fields that the way of asking needs. */
	private async read(msg: NodeMessage): Promise<Values> {
		const { fields = {}, escalateAfter } = this.def;
		const values: Values = {};
		for (const name of askFields) {
			const saved = Object.hasOwn(fields, name) ? fields[name] : undefined;
			if (saved === undefined || saved.type === NOT_SET) continue;
			if (!isAsked(name, wayOf(this.def), escalateAfter)) continue;
			const label = this.reader.RED._(`ask.fields.${name}.label`);
			values[name] = await evaluate(this.reader, msg, { name, label }, saved);
		}
		return values;
	}

	/** How long the question waits, in milliseconds; undefined for no limit. */
	private waitLimit(): number | undefined {
		const { limit, limitUnit } = this.def;
		const unit = Object.entries(units).find(([name]) => name === limitUnit)?.[1] ?? units.days;
		return durationOf(this.reader.RED, limit, unit, MAX_LIMIT, 'waitLimit');
	}

	/**
	 * After how many milliseconds a reminder and an escalation follow.
	 * @param limit after how many milliseconds the question ends
	 * @throws if it has ended by then
	 */
	private delays(limit: number): { readonly reminder: number | undefined; readonly escalation: number | undefined } {
		const { remindAfter, escalateAfter } = this.def;
		const { RED } = this.reader;
		const delayOf = (hours: number | string | undefined) => {
			const delay = durationOf(RED, hours, units.hours, MAX_SCHEDULE_HOURS * units.hours, 'hours');
			if (delay === undefined || delay < limit) return delay;
			throw new Smtp2goError('invalid', RED._('errors.hoursAfterLimit', { value: String(hours) }));
		};
		const way = wayOf(this.def);
		if (way !== 'email' && way !== 'both') return { reminder: undefined, escalation: undefined };
		return { reminder: delayOf(remindAfter), escalation: delayOf(escalateAfter) };
	}

	/** @param limit after how many milliseconds the question ends; undefined for no limit */
	private readQuestion({ subject, message }: Values, limit: number | undefined): Result<Question> {
		const { responseType, approveLabel, declineLabel, approveOnly, choices, comment, language, texts } = this.def;
		return readQuestion({
			responseType,
			subject,
			message,
			approveLabel,
			declineLabel,
			approveOnly,
			choices,
			comment,
			language,
			texts,
			timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
			...(limit === undefined ? {} : { expiresAt: Date.now() + limit }),
		});
	}

	/** @throws if the account has too many open questions */
	private checkRoom(open: readonly OpenQuestion[], kept: NonNullable<OpenQuestion['kept']>): void {
		if (hasRoom(open, kept, MAX_OPEN)) return;
		const values = { count: String(open.length), most: String(MAX_OPEN), size: String(MAX_KEPT_TOTAL / 1_000_000) };
		throw new Smtp2goError('invalid', this.reader.RED._('errors.tooManyQuestions', values));
	}

	private link({ id }: OpenQuestion, recipient: Recipient): LinkedRecipient {
		const { hookSettings, linkSecret } = this.account;
		const token = signLink(linkSecret, id, recipient.id);
		return { ...recipient, link: `${hookSettings.address ?? ''}/ask/${token}` };
	}

	/** The options for sending links. */
	private sending({ sender, smsSender, replyTo, template }: Values) {
		const text = (value: unknown) => (value === undefined || value === null ? '' : String(value).trim());
		return {
			...(text(sender) === '' ? {} : { sender: text(sender) }),
			...(text(smsSender) === '' ? {} : { smsSender }),
			...(text(replyTo) === '' ? {} : { replyTo }),
			...(text(template) === '' ? {} : { templateId: text(template) }),
		};
	}

	/** Sends the links. @returns the number of SMS units */
	private async sendLinks(
		connection: Connection,
		entry: OpenQuestion,
		recipients: readonly Recipient[],
		values: Values,
	): Promise<number> {
		const linked = recipients.map((recipient) => this.link(entry, recipient));
		const { failed, smsUnits } = valueOf(
			await sendQuestion(connection, entry.question, linked, this.sending(values)),
		);
		for (const { recipient, error } of failed) this.warn('notAsked', recipient.address, error);
		if (recipients.some(({ channel }) => channel === 'email')) await this.checkTracking(connection);
		return smsUnits;
	}

	/** Sends text messages that are answered by text messages. @returns the number of SMS units */
	private async sendReplies(
		connection: Connection,
		{ question, codes, replies }: OpenQuestion,
		recipients: readonly Recipient[],
	): Promise<number> {
		const sent = await Promise.all(
			recipients.map(async ({ id, address }) => {
				const sms = replySms(question, codes[id]);
				return {
					address,
					sms,
					outcome: await sendReplySms(connection, address, sms, replies?.sender || undefined),
				};
			}),
		);
		const [failure] = sent.flatMap(({ outcome }) => (outcome.ok ? [] : [outcome.error]));
		if (failure && sent.every(({ outcome }) => !outcome.ok)) throw failure;
		for (const { address, outcome } of sent) if (!outcome.ok) this.warn('notAsked', address, outcome.error);
		return sent.reduce((sum, { sms, outcome }) => sum + (outcome.ok ? sms.units : 0), 0);
	}

	/** Schedules the reminder and the escalation at SMTP2GO. A failure is only logged: the question was sent. */
	private async schedule(
		connection: Connection,
		entry: OpenQuestion,
		first: readonly Recipient[],
		later: readonly Recipient[],
		values: Values,
		delays: ReturnType<Asking['delays']>,
	): Promise<void> {
		const plans = [
			{ kind: 'reminder', delay: delays.reminder, recipients: first },
			{ kind: 'question', delay: delays.escalation, recipients: later },
		] as const;
		const sending = this.sending(values);
		for (const { kind, delay, recipients } of plans) {
			if (delay === undefined) continue;
			const at = entry.askedAt + delay;
			for (const recipient of recipients.filter(({ channel }) => channel === 'email')) {
				const linked = this.link(entry, recipient);
				const made = await scheduleReminder(connection, entry.question, linked, at, sending, kind);
				if (made.ok) entry.scheduled = [...entry.scheduled, made.value.scheduleId];
				else this.warn('notScheduled', recipient.address, made.error);
			}
		}
	}

	/** Checks once per account whether click tracking is on for its API key, which replaces the addresses of links. */
	private async checkTracking(connection: Connection): Promise<void> {
		const { RED, node } = this.reader;
		const { memory } = this.account.approvals;
		if (memory.checkedTracking) return;
		memory.checkedTracking = true;
		if ((await clickTracking(connection, this.account.apiKey)) === 'on') node.warn(RED._('errors.clickTracking'));
	}

	private warn(key: string, address: string, error: Smtp2goError): void {
		const { RED, node } = this.reader;
		node.warn(RED._(`errors.${key}`, { address, message: toNodeError(error).message }));
	}
}
