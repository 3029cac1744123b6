/** What the three kinds of polls have in common. */
import type { IPollFunctions } from 'n8n-workflow';
import type { Connection, Result } from '../../../api';
import type { PerExecution } from './form';

/** What a poll can work with. */
export interface Poll {
	readonly context: IPollFunctions;
	readonly connection: Connection;
	/** What the last poll kept; undefined for the first one. */
	readonly stored: Readonly<Record<string, unknown>> | undefined;
	/** The moment after which no further call is begun, by the clock of the host, in milliseconds. */
	readonly deadline: number;
}

/** What a poll found. */
export interface Found {
	/** The JSON of the items, oldest first. */
	readonly items: readonly Readonly<Record<string, unknown>>[];
	/** What to keep once the items were handed out. */
	readonly state: object;
	readonly perExecution: PerExecution;
	/** Sentences for n8n's log. */
	readonly notes: readonly string[];
}

/** Something that can be watched. */
export interface Watcher {
	/** Reads what is new since the last poll. */
	poll(poll: Poll): Promise<Result<Found>>;
	/** Reads what "Fetch Test Event" shows, newest last, without keeping anything. */
	sample(poll: Poll): Promise<Result<readonly Readonly<Record<string, unknown>>[]>>;
	/** What to do if there is nothing to show. */
	readonly howToGetOne: string;
}
