/** Reads the settled part of the activity log in windows, each whole, oldest first. */
import { success, type Result } from '../core/result';
import { eventsIn, type Batch } from './batch';
import { crowdedSecond, failedWindow, isWhole, PAGE, type LogReader, type Window } from './log-reader';
import { Windows, type Found, type Settled, type SizedWindow } from './windows';

/** Why a read stops early. */
export type Stop = 'events' | 'calls' | 'time' | 'fault';

/** How far the log was read whole, and why no further. */
export interface Reached {
	readonly since: number;
	readonly stopped?: Stop;
}

/** Reads one window, unless it has too many entries. */
async function readWindow(reader: LogReader, { most, ...window }: SizedWindow): Promise<Result<Found>> {
	const first = await reader.page(window);
	if (!first.ok) return first;
	const page = first.value;
	if (page === undefined) return success({ entries: 'broken' });
	const { total } = page;
	const isFull = page.entries.length >= most && !isWhole(page);
	if (isFull || (total ?? 0) > most) return success({ entries: 'large', total });
	const entries = await reader.rest(window, page, most);
	return entries.ok ? success({ entries: entries.value, total }) : entries;
}

/** One read of a backlog: what it reads, and how far it has come. */
class Backlog {
	private readonly windows: Windows;

	/** @param all everything that is to be read, settled or not */
	constructor(
		private readonly reader: LogReader,
		private readonly all: Window,
		private readonly batch: Batch,
		private readonly settled: Settled,
	) {
		this.windows = new Windows(all.from, settled, this.room);
	}

	/** Reads until everything has been read, or it has to stop. */
	async read(): Promise<Result<Reached>> {
		const { windows, settled } = this;
		const onward = await this.readOnward();
		if (!onward.ok) return onward;
		if (onward.value !== undefined) return success(onward.value);
		while (!windows.isDone) {
			const stopped = this.stop();
			if (stopped !== undefined) return success({ since: windows.from, stopped });
			const ending = await this.readNext();
			if (ending !== undefined) return ending;
		}
		return success({ since: settled.horizon });
	}

	/** The number of entries that this read still has room for: at least a page. */
	private get room(): number {
		const { batch, reader } = this;
		const { unsettled, maxEvents, maxCalls } = this.settled;
		return Math.max(PAGE, Math.min(maxEvents - unsettled - batch.size, (maxCalls - reader.calls) * PAGE));
	}

	/**
	 * Goes on after the first page, which is read already, if everything fits into this read.
	 * @returns undefined if it has to be read in windows
	 */
	private async readOnward(): Promise<Result<Reached | undefined>> {
		const { from, to } = this.all;
		const { horizon, page, reachesBack, maxEvents, maxCalls, customHeaders } = this.settled;
		if (!reachesBack || page?.total === undefined || page.total > Math.min(maxEvents, maxCalls * PAGE))
			return success(undefined);
		const rest = await this.reader.rest({ from, to }, page, Math.max(maxEvents, PAGE));
		if (!rest.ok) return rest;
		if (rest.value === 'time') return success({ since: from, stopped: 'time' });
		if (typeof rest.value === 'object') {
			this.batch.add(eventsIn({ from, to: horizon }, rest.value, customHeaders));
			return success({ since: horizon });
		}
		this.windows.distrust();
		return success(undefined);
	}

	/** Returns why no further window is begun. */
	private stop(): Stop | undefined {
		const { reader, batch, windows } = this;
		const { unsettled, maxEvents, maxCalls } = this.settled;
		if (reader.isLate) return 'time';
		if (!windows.hasMoved) return undefined;
		if (batch.size > 0 && batch.size + unsettled + PAGE > maxEvents) return 'events';
		return reader.calls >= maxCalls ? 'calls' : undefined;
	}

	/** Reads the next window, or makes it shorter. Returns how the whole read ends; undefined if it goes on. */
	private async readNext(): Promise<Result<Reached> | undefined> {
		const { reader, batch, windows } = this;
		const window = windows.next(this.room);
		const found = await readWindow(reader, window);
		if (!found.ok) return this.fail(found);
		const { entries } = found.value;
		if (entries === 'time') return success({ since: windows.from, stopped: 'time' });
		if (typeof entries === 'object') {
			batch.add(eventsIn(window, entries, this.settled.customHeaders));
			windows.pass(window, entries.length, this.room);
			return undefined;
		}
		if (windows.shorten(window, found.value)) return undefined;
		return this.fail(entries === 'large' ? crowdedSecond(window) : failedWindow(window));
	}

	/** What was read whole is handed out. The next read begins with the fault, and reports it. */
	private fail(fault: Result<never>): Result<Reached> {
		const { windows } = this;
		if (windows.hasMoved && !fault.ok && fault.error.type !== 'cancelled')
			return success({ since: windows.from, stopped: 'fault' });
		return fault;
	}
}

/**
 * Reads what has settled, and adds it to a batch.
 * @param all everything that is to be read, settled or not
 * @returns the error of a fault, if nothing was read whole before it
 */
export function readSettled(reader: LogReader, all: Window, batch: Batch, settled: Settled): Promise<Result<Reached>> {
	return new Backlog(reader, all, batch, settled).read();
}
