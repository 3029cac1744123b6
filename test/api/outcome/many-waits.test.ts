/** Waiting for the outcomes of thousands of emails: few calls. */
import { MINUTE, SECOND } from '../support/fake-log';
import { happens, idsOf, logOf, SENT, waited } from '../support/waits';

afterEach(() => jest.useRealTimers());

/** 10,000 emails that are delivered within two minutes, each shown by the log one to four minutes later. */
const many = idsOf(10_000);
const late = (index: number) => MINUTE + ((index * 7919) % 180) * SECOND;
const delivered = (ids: readonly string[]) =>
	ids.map((id, index) => {
		const after = 1 + ((index * 31) % 120);
		return happens(id, 'delivered', after, { shownAt: SENT + after * SECOND + late(index) });
	});

test.each([
	['all are delivered', many, 15],
	['all but three are delivered', many.slice(3), 15],
	['all but 300 are delivered', many.slice(300), 15],
])('10,000 emails take at most 1.5 times the pages of the log if %s', async (_name, ids, most) => {
	const log = logOf(...delivered(ids));
	const { names } = await waited(log, many);
	expect(names.filter((name) => name === 'delivered')).toHaveLength(ids.length);
	expect(log.searches.length).toBeLessThanOrEqual(most);
});
