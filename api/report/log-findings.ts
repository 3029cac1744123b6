/** Everything that a report takes from the activity log: deliveries, bounces by type, and a sample of outcomes. */
import type { Connection } from '../client/call';
import type { EventKind } from '../webhook/event-names';
import { ReportLog, type Entry, type LogPart } from './log';
import type { Periods, Span } from './period';
import type { Reading } from './reading';
import { logSearch } from '../feed/log-reader';

/** The counts of a period that only the log knows. Undefined for what it does not say. */
export interface LogCounts {
	readonly delivered: number | undefined;
	readonly hardBounces: number | undefined;
	readonly softBounces: number | undefined;
}

/** What the log says. */
export interface LogFindings {
	readonly current: LogCounts;
	readonly previous: LogCounts;
	/** Hard and soft bounces of the period, newest first: all of them, or the newest. */
	readonly bounces: readonly Entry[];
	/** False if bounces are missing. */
	readonly hasAllBounces: boolean;
	/** All entries since a moment: the base of the counts by recipient domain. */
	readonly sample: readonly Entry[];
	/** This moment, in milliseconds since 1970. Undefined if there is no sample. */
	readonly since: number | undefined;
	/** True if the sample is the whole period. */
	readonly isWhole: boolean;
	/** The number of entries that were read, and how many the period has. */
	readonly read: number;
	readonly total: number | undefined;
	/** True if anything could be read. */
	readonly isRead: boolean;
}

/** Events that say that something is wrong. They are few, so they are read first. */
const PROBLEMS: readonly EventKind[] = ['hard-bounced', 'soft-bounced', 'rejected', 'spam', 'unsubscribed'];

const UNKNOWN: LogCounts = { delivered: undefined, hardBounces: undefined, softBounces: undefined };
const NOTHING: LogFindings = {
	current: UNKNOWN,
	previous: UNKNOWN,
	bounces: [],
	hasAllBounces: true,
	sample: [],
	since: undefined,
	isWhole: true,
	read: 0,
	total: undefined,
	isRead: false,
};

/** Reads one part after the other, as long as the log can be read. */
class LogFinder {
	constructor(
		private readonly log: ReportLog,
		private readonly reading: Reading,
	) {}

	private get isOver(): boolean {
		return this.reading.ended !== undefined || this.reading.lacks(logSearch.path);
	}

	async part(what: string, kinds: readonly EventKind[], span: Span, most: number): Promise<LogPart | undefined> {
		return this.isOver ? undefined : this.reading.take(what, await this.log.newest(kinds, span, most));
	}

	async count(kind: EventKind, span: Span, what: string): Promise<number | undefined> {
		return this.isOver ? undefined : this.reading.take(what, await this.log.count(kind, span));
	}

	/** Counts the bounces of a period: those that were read, if they are all of them. */
	async bounces(span: Span, what: string, problems?: LogPart): Promise<Omit<LogCounts, 'delivered'>> {
		if (problems?.isWhole === true) {
			const countOf = (kind: EventKind) => problems.entries.filter((entry) => entry.kind === kind).length;
			return { hardBounces: countOf('hard-bounced'), softBounces: countOf('soft-bounced') };
		}
		const hardBounces = await this.count('hard-bounced', span, what);
		const softBounces = hardBounces === undefined ? undefined : await this.count('soft-bounced', span, what);
		return { hardBounces, softBounces };
	}
}

/** Returns the moment since which a part has every entry. */
function completeSince({ entries, isWhole }: LogPart, { from, to }: Span): number {
	if (isWhole) return from;
	const oldest = entries.reduce((least, { at }) => Math.min(least, at), to);
	// The second of the oldest entry may have more of them.
	return oldest + 1000;
}

function sumOf(...numbers: readonly (number | undefined)[]): number | undefined {
	return numbers.reduce<number | undefined>(
		(sum, number) => (sum === undefined || number === undefined ? undefined : sum + number),
		0,
	);
}

/**
 * Reads the log of a period, and counts the events of the one before.
 * @param most about how many entries to read. Counts are calls of their own that read no entries
 */
export async function readLog(
	connection: Connection,
	{ current, previous }: Periods,
	{ subaccounts, most }: { readonly subaccounts: unknown; readonly most: number },
	reading: Reading,
): Promise<LogFindings> {
	if (most <= 0 || reading.ended !== undefined) return NOTHING;
	const finder = new LogFinder(new ReportLog(connection, subaccounts), reading);
	const source = 'Everything from the activity log (deliveries, types of bounces, recipient domains, and reasons)';
	const problems = await finder.part(source, PROBLEMS, current, most);
	if (problems === undefined) return NOTHING;
	const bounces = await finder.bounces(current, 'The number of hard and soft bounces', problems);
	const deliveries = await finder.part(
		'The number of deliveries',
		['delivered'],
		current,
		Math.max(1, most - problems.read),
	);
	const before = 'The comparison of deliveries and types of bounces';
	const delivered = await finder.count('delivered', previous, before);
	const earlier = delivered === undefined ? undefined : await finder.bounces(previous, before);
	const parts = deliveries === undefined ? [] : [problems, deliveries];
	const since = Math.max(...parts.map((part) => completeSince(part, current)));
	const entries = parts.flatMap((part) => part.entries).filter(({ at }) => at >= since);
	return {
		current: { ...bounces, delivered: deliveries?.total },
		previous: earlier === undefined ? UNKNOWN : { ...earlier, delivered },
		bounces: problems.entries.filter(({ kind }) => kind.endsWith('-bounced')),
		hasAllBounces: problems.isWhole,
		sample: entries,
		since: parts.length > 0 ? since : undefined,
		isWhole: parts.every(({ isWhole }) => isWhole),
		read: problems.read + (deliveries?.read ?? 0),
		total: sumOf(problems.total, deliveries?.total),
		isRead: true,
	};
}
