import { readFeed, startCursor, type FeedCursor, type FeedOptions, type FeedRead } from '../../../api';
import { evenly, FakeLog, HOUR, MINUTE, NOW } from '../support/fake-log';

async function read(log: FakeLog, cursor: FeedCursor, options: FeedOptions = {}): Promise<FeedRead> {
	const result = await readFeed(log.host.connection, cursor, options);
	if (!result.ok) throw result.error;
	return result.value;
}

const ids = ({ deliveries }: FeedRead) => deliveries.map(({ event }) => event.emailId);

test('hands out what happened since, oldest first, in one call, and nothing again', async () => {
	const log = new FakeLog([{ at: NOW - 10_000 }, { at: NOW - 2 * HOUR }, { at: NOW - HOUR }]);
	const first = await read(log, startCursor(NOW, 1.5));
	expect(ids(first)).toEqual(['e2', 'e0']);
	expect(first).toMatchObject({ more: false });
	expect(log.searches).toHaveLength(1);
	expect(ids(await read(log, first.cursor))).toEqual([]);
});

test('reads 10,000 settled events with the fewest calls', async () => {
	const log = new FakeLog(evenly(10_000, NOW - 20 * MINUTE, 10 * HOUR));
	const all = await read(log, startCursor(NOW, 24));
	expect(new Set(ids(all)).size).toBe(10_000);
	expect(log.searches).toHaveLength(10);
	expect((await read(log, all.cursor)).deliveries).toEqual([]);
});
