/** Starts to wait for the emails of a message: reads which they are, and keeps the message. */
import { randomBytes } from 'node:crypto';
import type { Node, NodeMessage } from 'node-red';
import { Smtp2goError } from '../../../api';
import { durationOf, FIRST_LIMIT, SENT } from '../../shared/saved-outcome';
import type { Reader } from '../action/read/evaluate';
import type { OutcomeDef } from '../platform/saved-nodes';
import { MessageKeeper } from '../waiting/message-keeper';
import { MAX_KEPT_TOTAL } from '../waiting/room';
import { sentAt } from './email-state';
import { readContent, type NotAccepted } from './content';
import { sizeOf, type OutcomeMemory, type Wait, type WaitingEmail } from './wait';
import type { Waits } from './waits';

/** Maximum number of emails that an account waits for. */
export const MAX_EMAILS = 10_000;

/** What waiting needs from the account. */
export interface WaitingAccount {
	readonly waits: Waits;
	readonly memory: OutcomeMemory;
}

/** Starts the waits of a node. */
export class WaitStarter {
	private readonly keeper: MessageKeeper;

	/**
	 * @param reader of the values of a message
	 * @param isKept true if waits survive a restart
	 */
	constructor(
		private readonly reader: Reader & { readonly node: Node },
		private readonly def: OutcomeDef,
		private readonly account: WaitingAccount,
		isKept: boolean,
	) {
		const { RED, node } = reader;
		this.keeper = new MessageKeeper({
			isKept,
			tooLarge: (most) => this.refuse('tooLarge', { most }),
			warn: (names) => node.warn(RED._('outcome.errors.notKept', { names })),
		});
	}

	/**
	 * Waits for the emails of a message. Resolves when the message is stored.
	 * @param deliver passes on the message of an email that SMTP2GO did not accept
	 * @throws the error if there is nothing to wait for, or no room
	 */
	async start(msg: NodeMessage, deliver: (wait: Wait, ...email: NotAccepted) => void): Promise<void> {
		const { sent = SENT, limit = FIRST_LIMIT.limit, limitUnit = FIRST_LIMIT.limitUnit } = this.def;
		const duration = durationOf(limit, limitUnit);
		if (duration === undefined) throw this.refuse('limit', { value: String(limit) });
		const softLimit = this.softLimit();
		const { emails, notAccepted, list, msg: live } = await readContent(this.reader, msg, sent);
		const kept = this.keeper.keep(live);
		const size = sizeOf({ kept, emails });
		const since = Date.now();
		const moments = emails.map(({ state }) => sentAt(state, since) ?? since);
		const oldest = moments.reduce((one, other) => Math.min(one, other), since);
		const make = (waiting: readonly WaitingEmail[]): Wait => ({
			id: randomBytes(9).toString('base64url'),
			node: this.reader.node.id,
			since,
			expiresAt: since + duration,
			sentAt: oldest,
			softLimit,
			emails: waiting,
			list,
			size,
			kept,
			live,
		});
		if (emails.length > 0)
			await this.account.waits.add(() => {
				this.checkRoom(emails.length, size);
				return make(emails);
			});
		for (const one of notAccepted) deliver(make([]), ...one);
	}

	/** How long a soft bounce can last, in milliseconds; undefined for the limit. */
	private softLimit(): number | undefined {
		const { softLimit = '' } = this.def;
		if (String(softLimit).trim() === '') return undefined;
		const duration = durationOf(softLimit, 'minutes', true);
		if (duration === undefined) throw this.refuse('softLimit', { value: String(softLimit) });
		return duration;
	}

	private refuse(key: string, words: Readonly<Record<string, string>>): Smtp2goError {
		return new Smtp2goError('invalid', this.reader.RED._(`outcome.errors.${key}`, words));
	}

	/** @throws if the account waits for too many emails */
	private checkRoom(emails: number, size: number): void {
		const { byEmail, size: total } = this.account.memory;
		if (byEmail.size + emails <= MAX_EMAILS && total + size <= MAX_KEPT_TOTAL) return;
		throw this.refuse('tooMany', {
			count: String(byEmail.size),
			most: String(MAX_EMAILS),
			size: String(MAX_KEPT_TOTAL / 1_000_000),
		});
	}
}
