/** Finds out which recipients bounce the most, and why, in the words of the mail servers. */
import { isoUtc } from '../kinds/dates';
import type { Entry } from './log';
import type { BouncedRecipient, BounceReason } from './types';
import { oneLine } from './words';

/** The maximum length of a reason, in characters. Some servers write paragraphs. */
const MAX_REASON = 300;

/** What is shown if a bounce has no reason. */
const NO_REASON = 'No reason given';

/** Bounces of one recipient, or with one reason. */
interface Group {
	readonly latest: Entry;
	readonly hard: number;
	readonly soft: number;
	readonly recipients: ReadonlySet<string>;
}

function reasonText({ reason }: Entry): string {
	return oneLine(reason, MAX_REASON) || NO_REASON;
}

/** Returns a reason without what differs from email to email: addresses, hosts, IDs, and times. */
function alike(entry: Entry): string {
	return reasonText(entry)
		.toLowerCase()
		.replace(/<[^<>]*>|\S+@\S+/g, '@')
		.replace(/\S*\d{4}\S*|\d+(?:\.\d+){3}|\b(?=\w*\d)(?=\w*[a-z])\w{8,}/g, '#')
		.replace(/\s+/g, ' ');
}

/** Groups bounces. @param bounces newest first */
function grouped(bounces: readonly Entry[], keyOf: (entry: Entry) => string): Group[] {
	const groups = new Map<string, { latest: Entry; hard: number; soft: number; recipients: Set<string> }>();
	for (const entry of bounces) {
		const key = keyOf(entry);
		const group = groups.get(key) ?? { latest: entry, hard: 0, soft: 0, recipients: new Set<string>() };
		groups.set(key, group);
		if (entry.at > group.latest.at) group.latest = entry;
		if (entry.kind === 'hard-bounced') group.hard++;
		else group.soft++;
		group.recipients.add(entry.recipient);
	}
	return [...groups.values()];
}

/** Returns why emails bounced, the most frequent reason first. @param bounces hard and soft */
export function reasonsOf(bounces: readonly Entry[]): BounceReason[] {
	return grouped(bounces, alike)
		.map(({ latest, hard, soft, recipients }) => ({
			reason: reasonText(latest),
			hardBounces: hard,
			softBounces: soft,
			recipients: recipients.size,
			example: latest.recipient,
		}))
		.sort(
			(one, other) =>
				other.hardBounces + other.softBounces - one.hardBounces - one.softBounces ||
				other.hardBounces - one.hardBounces ||
				(one.reason < other.reason ? -1 : 1),
		);
}

/** Returns the recipients whose emails bounced, the worst first: hard bounces, then soft ones. */
export function worstOf(bounces: readonly Entry[]): BouncedRecipient[] {
	return grouped(bounces, ({ recipient }) => recipient)
		.map(({ latest, hard, soft }) => ({
			recipient: latest.recipient,
			hardBounces: hard,
			softBounces: soft,
			reason: reasonText(latest),
			lastBounce: isoUtc(new Date(latest.at)),
		}))
		.sort(
			(one, other) =>
				other.hardBounces - one.hardBounces ||
				other.softBounces - one.softBounces ||
				(one.recipient < other.recipient ? -1 : 1),
		);
}
