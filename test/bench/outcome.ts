/**
 * Wait for Delivery at scale: the calls for 10,000 emails against the pages of the activity log that their outcomes
 * fill. Time is that of the test, so a wait of ten minutes takes a moment.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { waitForOutcomes, type Host } from '../../api';
import { FakeLog, MINUTE, NOW, SECOND, type Happening } from '../api/support/fake-log';
import { median, print } from './support/bench';

const EMAILS = 10_000;
const PAGE = 1_000;
const ROUNDS = 10;

/** Moves a host's time on as soon as everything else waits. */
class Clock {
	private time = 0;
	private waits: { readonly at: number; readonly end: () => void }[] = [];

	constructor(host: Host) {
		host.now = () => NOW + this.time;
		host.monotonic = () => this.time;
		host.sleep = (milliseconds, signal) =>
			new Promise((end) => {
				this.waits.push({ at: this.time + milliseconds, end });
				signal?.addEventListener('abort', () => end());
			});
	}

	async passing<T>(work: Promise<T>): Promise<T> {
		let isDone = false;
		void work.finally(() => {
			isDone = true;
		});
		for (;;) {
			await new Promise(setImmediate);
			if (isDone) return work;
			this.waits.sort((one, other) => one.at - other.at);
			const next = this.waits.shift();
			if (next === undefined) continue;
			this.time = Math.max(this.time, next.at);
			next.end();
		}
	}
}

/** Numbers that look random, the same in each run. */
function numbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
		return state / 2 ** 32;
	};
}

/** One wait: sent within `sending` minutes, shown one to four minutes after the event, a few never. */
async function wait(seed: number, sending: number): Promise<{ calls: number; pages: number; ms: number }> {
	const random = numbers(seed);
	const emailIds = Array.from({ length: EMAILS }, (_, index) => `email-${index}`);
	const known = emailIds.filter(() => random() > 0.001);
	const happenings = known.map((emailId): Happening => {
		const at = NOW - Math.floor(random() * sending * 60) * SECOND + Math.floor(random() * 20) * SECOND;
		const event = random() < 0.03 ? 'hard-bounced' : 'delivered';
		const shownAt = at + MINUTE + random() * 3 * MINUTE;
		return { at, shownAt, entry: { email_id: emailId, event, recipient: `${emailId}@example.org` } };
	});
	const log = new FakeLog(happenings);
	const clock = new Clock(log.host);
	const started = process.cpuUsage();
	const result = await clock.passing(
		waitForOutcomes(
			log.host.connection,
			emailIds.map((emailId) => ({ emailId })),
			{ timeoutMs: 10 * MINUTE },
		),
	);
	const { user, system } = process.cpuUsage(started);
	const outcomes = result.ok ? result.value.outcomes : [];
	const found = outcomes.filter((one) => 'outcome' in one && one.outcome !== 'pending').length;
	if (found !== known.length) throw new Error(`${found} of ${known.length} outcomes were found`);
	return { calls: log.searches.length, pages: Math.ceil(known.length / PAGE), ms: (user + system) / 1000 };
}

async function measure(): Promise<void> {
	for (const sending of [1, 5]) {
		const waits = [];
		for (let round = 1; round <= ROUNDS; round++) waits.push(await wait(round, sending));
		const ratios = waits.map(({ calls, pages }) => calls / pages);
		const most = Math.max(...waits.map(({ calls }) => calls));
		const ms = median(waits.map((one) => one.ms));
		print({
			work: `Wait for Delivery: 10,000 emails that were sent within ${sending === 1 ? 'a minute' : `${sending} minutes`}`,
			against: `the pages of the activity log that their outcomes fill (${PAGE} per call)`,
			goal: 'at most 1.5 times as many calls',
			measured: `${median(ratios).toFixed(2)} (at most ${Math.max(...ratios).toFixed(2)}: ${most} calls)`,
			limit: `looks that find too little to read on, while the log shows events 1 to 4 minutes late and 0.1% never; ${Math.round(ms)} ms of processor time`,
		});
	}
}

void measure();
