/** On both hosts every duration comes from a clock that nobody can set. */
import { Waits } from '../../nodes/Smtp2go/run/session';
import { CallQueue } from '../../node-red/runtime/connection/call-queue';
import { Progress } from '../../node-red/runtime/action/result/progress';

const HOUR = 3_600_000;
let wall = 0;
beforeEach(() => {
	jest.spyOn(Date, 'now').mockImplementation(() => wall);
});
afterEach(() => jest.restoreAllMocks());

describe.each([
	['back', -HOUR],
	['ahead', HOUR],
])('a clock that is set an hour %s', (_, by) => {
	beforeEach(() => {
		wall = Date.parse('2026-11-22T12:00:00Z');
	});

	test('ends a pause of all calls with a key in Node-RED neither later nor sooner', async () => {
		const queue = new CallQueue();
		const started = performance.now();
		queue.hold(300);
		wall += by;
		await queue.pass({ path: '/email/send' }, async () => undefined);
		// A timer can end a millisecond or two early. With the wrong clock, the pause would end at once.
		expect(performance.now() - started).toBeGreaterThan(290);
	});

	test('leaves the seconds of a pause that a node of Node-RED shows', () => {
		const statuses: unknown[] = [];
		const red = { _: (key: string, words: Record<string, string>) => `${key} ${words['seconds'] ?? ''}` };
		const progress = new Progress(red as never, { status: (status: unknown) => statuses.push(status) } as never);
		const job = progress.begin();
		progress.pauses(30_000, 'asked');
		wall += by;
		progress.pauses(30_000, 'asked');
		expect(statuses.at(-1)).toMatchObject({ text: 'status.pausing 30' });
		progress.end(job, {});
		progress.close(() => undefined);
	});

	test('leaves the seconds that n8n tells a run to have waited', () => {
		const waits = new Waits();
		waits.add(30_000, 'asked');
		wall += by;
		waits.add(30_000, 'asked');
		expect(waits.messages()).toEqual(['Waited 30 s: asked']);
	});
});
