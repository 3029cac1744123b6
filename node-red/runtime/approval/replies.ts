/** Takes received text messages as answers to the questions of an account. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import {
	answerData,
	answerText,
	closedSms,
	readReply,
	recordedSms,
	type Answer,
	type QuestionSms,
	type ReceivedSms,
	type Recipient,
} from '../../../api';
import { RECEIVED, type SmsTaker } from '../feed/sms-log';
import { againSms, askedAt, isSentTo, isStop, LATE, newCode } from './numbers';
import { endOf, isAnswer, isOpen, type OpenQuestion } from './open-question';
import type { Questions } from './questions';

/** The ID of the account's taker, beside those of nodes. */
const ID = 'questions';

/** What the replies of an account need. */
export interface ReplyOptions {
	readonly questions: Questions;
	/** Reads the stored questions of all accounts. Never rejects. */
	loadAll(): Promise<unknown>;
	/** The questions of all accounts: some have the same received messages. */
	everyQuestion(): readonly OpenQuestion[];
	/** The reader of received text messages. */
	readonly reader: {
		subscribe(taker: SmsTaker): void;
		unsubscribe(id: string): void;
		reconcile(): void;
	};
	/** Sends a text message to a recipient of a question. Never rejects. */
	send(entry: OpenQuestion, recipient: Recipient, sms: QuestionSms): Promise<void>;
	/** Logs an error of our own. */
	report(thrown: unknown): void;
	now(): number;
}

/** A question, and the recipient who replied. */
interface Candidate {
	readonly entry: OpenQuestion;
	readonly recipient: Recipient;
	readonly code: string | undefined;
}

/** Until when replies to a question are read, in milliseconds since 1970. */
function readUntil(entry: OpenQuestion): number {
	if (entry.replies === undefined) return 0;
	if (isOpen(entry)) return Infinity;
	return entry.replies.confirms ? (endOf(entry) ?? 0) + LATE : 0;
}

export class Replies {
	private readonly taker: SmsTaker;
	private isReading = false;
	private timer: NodeJS.Timeout | undefined;

	constructor(private readonly options: ReplyOptions) {
		this.taker = {
			id: ID,
			topics: [RECEIVED],
			filter: { is: 'any' },
			matchReplies: false,
			showLog: (state) => {
				for (const asker of this.options.questions.askers) asker.showLog(state);
			},
			failLog: (error) => {
				const waiting = new Set(
					this.options.questions.open.flatMap((entry) => (entry.replies ? entry.node : [])),
				);
				for (const asker of this.options.questions.askers) if (waiting.has(asker.id)) asker.failLog(error);
			},
			deliver: (message) => {
				this.take(message).catch((thrown: unknown) => this.options.report(thrown));
			},
		};
	}

	/**
	 * Reads received messages while a question waits for one, and for a day after that: whoever replies too late is
	 * told so. Until the stored questions are known, one may be waiting.
	 * @param isKnown true if the stored questions are known
	 */
	refresh(isKnown: boolean): void {
		const { questions, reader, now } = this.options;
		const ends = questions.all.map(readUntil);
		if (!isKnown && questions.askers.some(({ readsReplies }) => readsReplies)) ends.push(Infinity);
		const rest = Math.max(0, ...ends) - now();
		clearTimeout(this.timer);
		if (rest > 0 && rest < Infinity) {
			this.timer = setTimeout(() => this.refresh(true), rest);
			this.timer.unref();
		}
		if (rest > 0 === this.isReading) return;
		this.isReading = rest > 0;
		if (this.isReading) reader.subscribe(this.taker);
		else reader.unsubscribe(ID);
		if (isKnown) reader.reconcile();
	}

	close(): void {
		clearTimeout(this.timer);
	}

	/** The questions that a message can answer, those with a code first: without a code, anything can be an answer. */
	private candidates(
		all: readonly OpenQuestion[],
		{ from, to }: ReceivedSms,
		moment: number | undefined,
	): Candidate[] {
		return all
			.filter((entry) => {
				// Times of the list have whole seconds. An earlier message does not answer the question.
				const isLater = moment === undefined || moment >= Math.floor(entry.askedAt / 1000) * 1000;
				return isLater && isSentTo(entry, to);
			})
			.flatMap((entry) =>
				askedAt(entry, from ?? '').map((recipient) => ({ entry, recipient, code: entry.codes[recipient.id] })),
			)
			.sort((one, other) => Number(one.code === undefined) - Number(other.code === undefined));
	}

	/** Takes a message for an answer, if it is one. */
	private async take(message: ReceivedSms): Promise<void> {
		const { questions, now, loadAll, everyQuestion } = this.options;
		const { from, text, time } = message;
		await loadAll();
		if (from === null) return;
		// The list has times in whole seconds: a reply can be read again for the next question of the same second.
		const isUsed = [...everyQuestion(), ...questions.all].some(
			({ answeredBy }) => answeredBy === message.messageId,
		);
		if (isUsed) return;
		const moment = time === null ? undefined : Date.parse(time) || undefined;
		const candidates = this.candidates(questions.all, message, moment);
		await this.endThoseOver(candidates, moment ?? now());
		const open = candidates.filter(({ entry }) => isOpen(entry));
		const elsewhere = everyQuestion().filter((entry) => isOpen(entry) && !questions.all.includes(entry));
		const others = this.candidates(elsewhere, message, moment);
		const isOfOther = others.some(
			({ entry, code }) => code !== undefined && readReply(entry.question, code, text) !== 'otherQuestion',
		);
		if (isOfOther) return;
		const isOnly = open.length + others.length <= 1;
		const unfit: (Candidate & { readonly isOther: boolean })[] = [];
		for (const candidate of open) {
			const { entry, recipient, code } = candidate;
			const isText = entry.question.responseType === 'freeText';
			const read = isText && isStop(text) ? 'otherQuestion' : readReply(entry.question, code, text);
			const isMeant = code !== undefined || isOnly;
			if (typeof read !== 'string' && isMeant)
				return this.answer(candidate, read, answerData(read, recipient, moment ?? now()), message.messageId);
			unfit.push({ ...candidate, isOther: read === 'otherQuestion' });
		}
		// As the label of an answer, it has been read by now.
		if (isStop(text)) return;
		const asked = unfit.find(({ isOther }) => !isOther) ?? unfit.at(-1);
		if (asked === undefined) return this.tellLate(candidates, text);
		if (asked.code === undefined && !isOnly) return this.askWithCode(asked);
		return this.tell(asked, againSms(asked.entry.question, asked.code));
	}

	/** Ends questions whose limit was over when a message came: a timer is late after the machine was suspended. */
	private async endThoseOver(candidates: readonly Candidate[], moment: number): Promise<void> {
		for (const { entry } of candidates)
			if (isOpen(entry) && (entry.question.expiresAt ?? Infinity) <= moment)
				await this.options.questions.end(entry.id, { timedOut: true });
	}

	/** Asks again, with a code: whoever replies without one can mean this question, or a later one. */
	private async askWithCode({ entry, recipient }: Candidate): Promise<void> {
		const { questions, everyQuestion, send } = this.options;
		const code = newCode([...everyQuestion(), ...questions.all], recipient.address);
		if (code === undefined) return;
		entry.codes = { ...entry.codes, [recipient.id]: code };
		entry.told = [...new Set([...entry.told, recipient.id])];
		await questions.keep(entry);
		await send(entry, recipient, againSms(entry.question, code));
	}

	private async answer(
		{ entry, recipient }: Candidate,
		read: Answer,
		data: ReturnType<typeof answerData>,
		messageId: string,
	): Promise<void> {
		if (isOpen(entry)) entry.answeredBy = messageId;
		const ended = await this.options.questions.end(entry.id, data);
		if (ended?.isNew && entry.replies?.confirms)
			await this.options.send(entry, recipient, recordedSms(entry.question, answerText(entry.question, read)));
	}

	/** Tells a recipient something about a question, once. */
	private async tell({ entry, recipient }: Candidate, sms: QuestionSms): Promise<void> {
		if (entry.told.includes(recipient.id)) return;
		entry.told = [...entry.told, recipient.id];
		await this.options.questions.keep(entry);
		await this.options.send(entry, recipient, sms);
	}

	/** Tells somebody who answers too late that the question is closed. */
	private async tellLate(candidates: readonly Candidate[], text: string): Promise<void> {
		const { now } = this.options;
		const late = candidates.find(({ entry, recipient, code }) => {
			const { outcome, question } = entry;
			const isAnswerer = outcome && isAnswer(outcome) && outcome.respondedBy === recipient.address;
			return !isAnswerer && readUntil(entry) > now() && typeof readReply(question, code, text) !== 'string';
		});
		if (late) await this.tell(late, closedSms(late.entry.question));
	}
}
