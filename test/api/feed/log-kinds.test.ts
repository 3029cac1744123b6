/** The kinds that the log searches for, of the events that a trigger asks for. */
import { emailEvents, logKinds } from '../../../api';

test.each([
	[['bounce', 'spam'], undefined, ['hard-bounced', 'soft-bounced', 'spam']],
	[['bounce', 'open'], 'hard', ['hard-bounced', 'opened']],
	[['bounce'], 'soft', ['soft-bounced']],
	[['made-up'], undefined, []],
] as const)('%j (%s) are %j', (events, bounceType, kinds) => {
	expect(logKinds(events, bounceType)).toEqual(kinds);
});

test('all events are everything, unless only some bounces count', () => {
	const all = emailEvents.map(({ value }) => value);
	expect(logKinds(all)).toBeUndefined();
	expect(logKinds(all, 'hard')).toHaveLength(8);
});
