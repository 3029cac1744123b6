/** The questions of an account: what a restart, a deploy and a broken context store leave of them. */
import type { AnswerData } from '../../../api';
import type { Asker, OpenQuestion, Outcome, QuestionMemory } from '../../../node-red/runtime/approval/open-question';
import { Questions, type QuestionOptions } from '../../../node-red/runtime/approval/questions';
import type { NodeContext } from '../../../node-red/runtime/platform/node-context';
import { openQuestion } from '../support/open-question';

const HOUR = 3_600_000;

/** A context store: what was written last, as JSON. */
class Store {
	json: string | undefined;
	readonly writes: string[] = [];
	failures = 0;
	/** Called during each write. */
	onWrite = () => Promise.resolve();

	get = () => {
		if (this.failures-- > 0) return Promise.resolve({ ok: false } as const);
		return Promise.resolve({ ok: true, value: this.json && (JSON.parse(this.json) as unknown) } as const);
	};
	set = async (_name: string, value: unknown) => {
		this.writes.push(JSON.stringify(value) ?? '');
		await this.onWrite();
		this.json = JSON.stringify(value);
		return { ok: true, value: undefined } as const;
	};
}

interface Process {
	questions: Questions;
	memory: QuestionMemory;
	passed: [string, Outcome, unknown][];
	shown: number[];
	canceled: string[][];
	warned: [string, number][];
	isRunning: boolean;
	cancels: boolean;
}

let store: Store;
beforeEach(() => {
	jest.useFakeTimers({ now: Date.parse('2026-11-27T12:00:00Z') });
	store = new Store();
});
afterEach(() => {
	jest.useRealTimers();
});

const memory = (): QuestionMemory => ({
	entries: undefined,
	askers: new Map(),
	written: Promise.resolve(),
	checkedTracking: false,
});

/** A process whose flows have started. */
async function begin({ nodes = ['q'], known = memory() } = {}): Promise<Process> {
	const process: Process = {
		memory: known,
		passed: [],
		shown: [],
		canceled: [],
		warned: [],
		isRunning: true,
		cancels: true,
		questions: undefined as never,
	};
	const options: QuestionOptions = {
		context: store as unknown as NodeContext,
		memory: known,
		timing: { firstRetry: 10, lastRetry: 100 } as QuestionOptions['timing'],
		areFlowsRunning: () => process.isRunning,
		cancel: (ids) => {
			process.canceled.push([...ids]);
			return Promise.resolve(process.cancels);
		},
		onChange: () => undefined,
		warn: (key, count) => process.warned.push([key, count]),
		report: (thrown) => {
			throw thrown;
		},
		now: () => Date.now(),
	};
	process.questions = new Questions(options);
	for (const id of nodes) process.questions.subscribe(asker(id, process));
	process.questions.reconcile();
	await settle();
	return process;
}

function asker(id: string, { passed, shown }: Process): Asker {
	return {
		id,
		readsReplies: false,
		deliver: (entry, outcome) => passed.push([entry.id, outcome, entry.live ?? entry.kept]),
		show: (waiting) => shown.push(waiting),
		showLog: () => undefined,
		failLog: () => undefined,
	};
}

async function settle(): Promise<void> {
	await jest.advanceTimersByTimeAsync(1);
}

const add = async ({ questions }: Process, more: Partial<OpenQuestion> = {}, expiresAt?: number) => {
	const added = questions.add(() => openQuestion(more, expiresAt));
	await settle();
	return added;
};
const yes: AnswerData = {
	approved: true,
	choice: null,
	text: null,
	comment: null,
	respondedBy: 'boss@shop.example',
	respondedAt: '2026-11-27T12:00:00.000Z',
	channel: 'email',
};

describe('an answer', () => {
	it('is stored before the message goes on, and the message goes on once', async () => {
		const process = await begin();
		await add(process);
		let whenWritten: unknown[] | undefined;
		store.onWrite = () => {
			whenWritten ??= [...process.passed];
			return Promise.resolve();
		};
		const ends = await Promise.all([
			process.questions.end('one', yes),
			process.questions.end('one', { ...yes, approved: false }),
		]);
		expect(ends).toEqual([
			{ outcome: yes, isNew: true },
			{ outcome: yes, isNew: false },
		]);
		expect(whenWritten).toEqual([]);
		expect(process.passed).toEqual([['one', yes, { payload: 'live' }]]);
		expect(process.shown.at(-1)).toBe(0);
	});

	it('that was stored when the process was killed goes on at the next start, with the copy of the message', async () => {
		const process = await begin();
		await add(process);
		process.isRunning = false;
		await process.questions.end('one', yes);
		expect(process.passed).toEqual([]);
		const next = await begin();
		expect(next.passed).toEqual([['one', yes, { payload: 'kept' }]]);
		await settle();
		expect((await begin()).passed).toEqual([]);
	});

	it('during a deploy waits for the flows to start', async () => {
		const process = await begin();
		await add(process);
		process.isRunning = false;
		await process.questions.end('one', yes);
		process.isRunning = true;
		process.questions.reconcile();
		await settle();
		expect(process.passed).toHaveLength(1);
	});

	it('cancels what was scheduled, also if the process was killed before that', async () => {
		const process = await begin();
		await add(process, { scheduled: ['s1', 's2'] });
		process.isRunning = false;
		await process.questions.end('one', yes);
		const next = await begin();
		await settle();
		expect(next.canceled).toEqual([['s1', 's2']]);
		expect((await begin()).canceled).toEqual([]);
	});

	it('to a question that nobody asked is none', async () => {
		const { questions } = await begin();
		expect(await questions.end('other', yes)).toBeUndefined();
	});
});

describe('the wait limit', () => {
	it('ends a question once, at its time', async () => {
		const process = await begin();
		await add(process, {}, Date.now() + HOUR);
		await jest.advanceTimersByTimeAsync(HOUR - 100);
		expect(process.passed).toEqual([]);
		await jest.advanceTimersByTimeAsync(200);
		expect(process.passed.map(([id, outcome]) => [id, outcome])).toEqual([['one', { timedOut: true }]]);
		await jest.advanceTimersByTimeAsync(HOUR);
		expect(process.passed).toHaveLength(1);
	});

	it('counts while Node-RED is down, and ends the question once at the start', async () => {
		await add(await begin(), {}, Date.now() + HOUR);
		jest.setSystemTime(Date.now() + 2 * HOUR);
		const next = await begin();
		await settle();
		expect(next.passed).toEqual([['one', { timedOut: true }, { payload: 'kept' }]]);
		expect((await begin()).passed).toEqual([]);
	});

	it('can be longer than a timer of Node.js', async () => {
		const process = await begin();
		await add(process, {}, Date.now() + 60 * 24 * HOUR);
		await jest.advanceTimersByTimeAsync(59 * 24 * HOUR);
		expect(process.passed).toEqual([]);
		await jest.advanceTimersByTimeAsync(24 * HOUR + 1);
		expect(process.passed).toHaveLength(1);
	});

	it('loses against an answer that came before', async () => {
		const process = await begin();
		await add(process, {}, Date.now() + HOUR);
		await process.questions.end('one', yes);
		await jest.advanceTimersByTimeAsync(2 * HOUR);
		expect(process.passed).toHaveLength(1);
	});
});

describe('a node', () => {
	it('that was deleted or disabled closes its questions, and no others', async () => {
		const process = await begin({ nodes: ['q', 'r'] });
		await add(process, { scheduled: ['s1'] });
		await add(process, { id: 'two', node: 'r' });
		const [one] = process.questions.askers;
		await process.questions.unsubscribe(one as Asker, true);
		expect(process.questions.open.map(({ id }) => id)).toEqual(['two']);
		expect([process.canceled, process.warned]).toEqual([[['s1']], [['questionsClosed', 1]]]);
		expect(JSON.parse(store.json ?? '')).not.toHaveProperty('one');
	});

	it('that is gone at the next start closes its questions', async () => {
		await add(await begin());
		const next = await begin({ nodes: ['other'] });
		expect([next.questions.open, next.warned]).toEqual([[], [['questionsClosed', 1]]]);
	});

	it('that a deploy replaces keeps its questions, which the next account node knows', async () => {
		const process = await begin();
		await add(process);
		const [old] = process.questions.askers;
		await process.questions.unsubscribe(old as Asker, false);
		await process.questions.close();
		const next = await begin({ known: process.memory });
		expect(next.shown.at(-1)).toBe(1);
		// A request that began before the deploy still has the old account node.
		await process.questions.end('one', yes);
		expect(next.passed).toHaveLength(1);
	});
});

it('tries again at the next deploy what could not be canceled', async () => {
	const process = await begin();
	process.cancels = false;
	await add(process, { scheduled: ['s1'] });
	await process.questions.end('one', yes);
	await settle();
	process.cancels = true;
	process.questions.reconcile();
	await settle();
	process.questions.reconcile();
	await settle();
	expect(process.canceled).toEqual([['s1'], ['s1']]);
});

describe('the context store', () => {
	it('that fails for a while loses nothing', async () => {
		await add(await begin());
		store.failures = 2;
		const next = await begin();
		await next.questions.load();
		expect(next.questions.open.map(({ id }) => id)).toEqual(['one']);
	});

	it('that fails for good does not keep the node from asking', async () => {
		store.failures = Infinity;
		const process = await begin();
		await process.questions.load();
		await add(process);
		expect(process.questions.open).toHaveLength(1);
	});

	it('is written once for many changes at the same time', async () => {
		const process = await begin();
		const before = store.writes.length;
		await Promise.all(
			Array.from({ length: 100 }, (_, index) => process.questions.add(() => openQuestion({ id: `id${index}` }))),
		);
		expect(store.writes.length - before).toBeLessThanOrEqual(2);
		expect(Object.keys(JSON.parse(store.json ?? '') as object)).toHaveLength(100);
	});

	it('with entries of anybody else is read without them', async () => {
		await add(await begin());
		store.json = JSON.stringify({ ...(JSON.parse(store.json ?? '') as object), a: 5, b: { id: 'b' }, c: null });
		expect((await begin()).questions.open.map(({ id }) => id)).toEqual(['one']);
	});

	it('keeps the latest 100 questions that ended, and no message of theirs', async () => {
		const process = await begin();
		for (let index = 0; index < 110; index++) {
			await process.questions.add(() => openQuestion({ id: `id${index}` }));
			await process.questions.end(`id${index}`, { ...yes, respondedAt: new Date(index * 1000).toISOString() });
		}
		await settle();
		expect(Object.keys(JSON.parse(store.json ?? '') as object)).toHaveLength(100);
		expect(store.json).not.toContain('"kept"');
		expect(await process.questions.find('id0')).toBeUndefined();
	});

	it('has no secret of a link', async () => {
		await add(await begin());
		expect(store.json).not.toMatch(/api-|\/ask\/|[\w-]{43}/);
	});

	it('with a question that was being sent when the process was killed keeps it, and the log says so', async () => {
		await add(await begin(), { isSent: false });
		const next = await begin();
		expect([next.questions.open.length, next.warned]).toEqual([1, [['questionsUnsent', 1]]]);
	});
});
