/** The store behind the activity log: entries by time and by email. */
import { ActivityLog } from '../../../simulator/state/activity-log';
import type { Email, SimulatorEvent } from '../../../simulator';

const email = (emailId: string): Email => ({ emailId }) as Email;
const event = (id: string, time: string, emailId: string): SimulatorEvent =>
	({ id, time, emailId, event: 'open' }) as SimulatorEvent;
const at = (time: string): number => Date.parse(time);

let log: ActivityLog;
const ids = (from = '2026-01-01', to = '2027-01-01'): string[] =>
	log.between(at(from), at(to)).map(({ event: { id } }) => id);

beforeEach(() => {
	log = new ActivityLog();
	log.add(event('second', '2026-05-01T10:00:00Z', 'one'), email('one'));
	log.add(event('first', '2026-05-01T09:00:00Z', 'two'), email('two'));
	log.add(event('third', '2026-05-01T10:00:00Z', 'two'), email('two'));
	log.add(event('last', '2026-05-01T11:00:00Z', 'one'), email('one'));
});

test('orders entries by time, and those of one moment as they came', () => {
	expect(ids()).toEqual(['first', 'second', 'third', 'last']);
});

test('finds a period from its start to just before its end', () => {
	expect(ids('2026-05-01T10:00:00Z', '2026-05-01T11:00:00Z')).toEqual(['second', 'third']);
	expect(ids('2026-05-01T11:00:01Z')).toEqual([]);
});

test('takes events out, and tells what is left of an email', () => {
	const [first, second] = log.between(0, Infinity);
	if (!first || !second) throw new Error('nothing is there');
	log.remove([first.event, second.event]);
	expect(ids()).toEqual(['third', 'last']);
	expect(log.eventsOf('one').map(({ id }) => id)).toEqual(['last']);
	expect(log.eventsOf('nobody')).toEqual([]);
});

test('is whole until an entry is late or its email is gone', () => {
	expect(log.isWhole(0)).toBe(true);
	log.add({ ...event('late', '2026-05-01T12:00:00Z', 'one'), loggedAt: 500 }, email('one'));
	expect([log.isWhole(499), log.isWhole(500)]).toEqual([false, true]);
	log.forgetEmail('two');
	expect(log.isWhole(500)).toBe(false);
	expect(log.between(0, Infinity).map((entry) => entry.email?.emailId)).toEqual([
		undefined,
		'one',
		undefined,
		'one',
		'one',
	]);
});
