/** What a node is doing, as its status shows it: how many messages are being sent, how many wait, and for how long. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Node } from 'node-red';
import type { Connection } from '../../../../api';
import { clock } from '../../connection/host';
import { Tallies, type Tally } from './tally';
import type { Runtime } from '../../platform/runtime';

type Status = Parameters<Node['status']>[0];

/** Milliseconds between two updates: a thousand messages must not be three thousand status messages. */
const INTERVAL = 250;

/** Maximum length of a reason in a status, in characters. An error would carry the whole sentence. */
const MAX_REASON = 60;

/** One piece of work: a message, or all those of a batch. */
export interface Job {
	/** The number of its messages. */
	messages: number;
	/** The number of its calls that are in progress. */
	calls: number;
}

export class Progress {
	private readonly jobs = new Set<Job>();
	private timer: NodeJS.Timeout | undefined;
	private pause: { readonly until: number; readonly why: string } | undefined;
	private closed = false;
	private onDrained = () => {};
	/** What the jobs have done since the node was last idle. */
	private tallies = new Tallies();

	constructor(
		private readonly RED: Runtime,
		private readonly node: Node,
	) {}

	/** Messages that are not done yet. */
	get running(): number {
		return [...this.jobs].reduce((sum, { messages }) => sum + messages, 0);
	}

	/** Messages without a call in progress. */
	get waiting(): number {
		return [...this.jobs].reduce((sum, { messages, calls }) => sum + (calls === 0 ? messages : 0), 0);
	}

	begin(messages = 1): Job {
		const job = { messages, calls: 0 };
		if (this.jobs.size === 0) this.show({ fill: 'blue', shape: 'dot', text: 'status.busy' });
		this.jobs.add(job);
		this.look();
		return job;
	}

	/**
	 * @param last the status to show when the node is idle, or at once if it is an error
	 * @param tally what can be counted of the job
	 */
	end(job: Job, last: Status, tally?: Tally): void {
		this.jobs.delete(job);
		const isError = typeof last === 'object' && last.fill === 'red';
		this.tallies.add(tally, isError);
		const isIdle = this.jobs.size === 0;
		if (isIdle) this.show(this.tallies.status(this.RED, last));
		else if (isError) this.show(last);
		if (isIdle) {
			this.tallies = new Tallies();
			clearTimeout(this.timer);
			this.timer = undefined;
			this.onDrained();
		} else this.look();
	}

	/** A connection whose calls are counted for these jobs. */
	watched(jobs: readonly Job[], connection: Connection): Connection {
		const { host } = connection;
		const send: Connection['host']['send'] = async (request) => {
			for (const job of jobs) job.calls++;
			this.tallies.calls++;
			try {
				return await host.send(request);
			} finally {
				for (const job of jobs) job.calls--;
			}
		};
		return { ...connection, host: { ...host, send } };
	}

	/** Shows a pause: everything without a call in progress waits for this time, in milliseconds. */
	pauses(milliseconds: number, why: string): void {
		if (this.jobs.size === 0) return;
		this.pause = {
			until: clock.monotonic() + milliseconds,
			why: why.length > MAX_REASON ? `${why.slice(0, MAX_REASON - 1)}…` : why,
		};
		this.refresh();
		this.look();
	}

	/** Stops showing a status. Calls back when no job is running, at once or later. */
	close(onDrained: () => void): void {
		this.closed = true;
		clearTimeout(this.timer);
		this.node.status({});
		if (this.jobs.size === 0) return onDrained();
		this.onDrained = onDrained;
	}

	private look(): void {
		if (this.closed) return;
		this.timer ??= setTimeout(() => {
			this.timer = undefined;
			this.refresh();
			if (this.pause !== undefined || this.waiting > 0) this.look();
		}, INTERVAL);
	}

	private refresh(): void {
		const left = Math.ceil(((this.pause?.until ?? 0) - clock.monotonic()) / 1000);
		if (left <= 0) this.pause = undefined;
		const { waiting } = this;
		if (this.pause !== undefined && waiting > 0) {
			const words = { count: String(waiting), seconds: String(left), why: this.pause.why };
			return this.show({ fill: 'yellow', shape: 'ring', text: this.RED._('status.pausing', words) });
		}
		this.show({
			fill: 'blue',
			shape: 'dot',
			text: waiting > 0 ? this.RED._('status.queued', { count: String(waiting) }) : 'status.busy',
		});
	}

	private shown = '';

	private show(status: Status): void {
		if (this.closed) return;
		const text = JSON.stringify(status);
		if (text === this.shown) return;
		this.shown = text;
		this.node.status(status);
	}
}
