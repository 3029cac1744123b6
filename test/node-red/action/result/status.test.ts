/** What a status says, in the words that a person reads. */
import { findOperation, failure, Smtp2goError, success, type Outcome } from '../../../../api';
import { LastEvent } from '../../../../node-red/runtime/events/last-event';
import { Tallies, tallyOf, type Tally } from '../../../../node-red/runtime/action/result/tally';
import type { Runtime } from '../../../../node-red/runtime/platform/runtime';
import texts from '../../../../node-red/locales/en-US/common.json';

const known: Readonly<Record<string, string>> = texts.status;
/** Node-RED's translation, for the statuses. */
const RED = {
	_: (key: string, words: Record<string, string> = {}) =>
		Object.entries(words).reduce(
			(text, [name, word]) => text.replaceAll(`__${name}__`, word),
			known[key.replace('status.', '')] ?? key,
		),
} as unknown as Runtime;
const done = { fill: 'green', shape: 'dot', text: 'status.done' } as const;

function words(tallies: readonly (Tally | undefined)[], calls: number, errors = 0): unknown {
	const all = new Tallies();
	all.calls = calls;
	for (const [index, tally] of tallies.entries()) all.add(tally, index < errors);
	return all.status(RED, done);
}

/** In place of the time of day, which goes on while the tests run. */
const now = 'NOW';

it.each<[string, readonly (Tally | undefined)[], number, number, string, string]>([
	['a batch that went well', [{ sent: 250, of: 250 }], 3, 0, 'green', '250 sent in 3 calls'],
	['a batch in one call', [{ sent: 3, of: 3 }], 1, 0, 'green', '3 sent in 1 call'],
	['a batch of which some were not accepted', [{ sent: 2, of: 3 }], 1, 1, 'red', '2 of 3 sent'],
	['a batch of which none was accepted', [{ sent: 0, of: 3 }], 1, 1, 'red', '0 of 3 sent'],
	[
		'a sequence of which one failed',
		[
			{ sent: 0, of: 1 },
			{ sent: 1, of: 1 },
			{ sent: 1, of: 1 },
		],
		1,
		1,
		'red',
		'2 of 3 sent',
	],
	[
		'messages with a call each',
		[
			{ sent: 1, of: 1 },
			{ sent: 1, of: 1 },
		],
		2,
		0,
		'green',
		'2 sent',
	],
	['one email', [{ sent: 1, of: 1 }], 1, 0, 'green', `sent ${now}`],
	['a list', [{ entries: 12 }], 2, 0, 'green', '12 entries'],
	['a list of one', [{ entries: 1 }], 1, 0, 'green', '1 entry'],
	['an empty list', [{ entries: 0 }], 1, 0, 'green', '0 entries'],
	['anything else', [undefined], 1, 0, 'green', `done ${now}`],
	['several of which one failed', [undefined, undefined, undefined], 3, 1, 'red', '1 of 3 failed'],
])('%s', (_what, tallies, calls, errors, fill, text) => {
	const { fill: shown, text: said } = words(tallies, calls, errors) as { fill: string; text: string };
	expect([shown, said.replace(/\b\d\d:\d\d$/, now)]).toEqual([fill, text]);
});

it('one failure by itself says what kind it is', () => {
	const all = new Tallies();
	all.add(undefined, true);
	expect(all.status(RED, { fill: 'red', shape: 'ring', text: 'status.auth' })).toEqual({
		fill: 'red',
		shape: 'ring',
		text: 'status.auth',
	});
});

it('sends and entries are counted from what came back', () => {
	const send = findOperation('email', 'sendBatch');
	const list = findOperation('suppression', 'getAll');
	const emails = [success({}), failure(new Smtp2goError('rejected', 'No'))];
	expect(send && tallyOf(send, { result: {}, emails } as unknown as Outcome)).toEqual({ sent: 1, of: 2 });
	expect(list && tallyOf(list, { result: [1, 2, 3] } as unknown as Outcome)).toEqual({ entries: 3 });
	const remove = findOperation('suppression', 'remove');
	expect([
		remove?.result.is,
		remove && tallyOf(remove, { result: [{ removed: true }, { removed: false }] } as unknown as Outcome),
	]).toEqual(['list', undefined]);
});

it('the last event is shown at once, and a burst of a thousand twice at most', () => {
	jest.useFakeTimers();
	const shown: (string | undefined)[] = [];
	const last: LastEvent = new LastEvent(() => shown.push(last.words?.kind));
	last.note('hard-bounced');
	expect(shown).toEqual(['hard-bounced']);
	for (let count = 0; count < 1000; count++) last.note('delivered');
	last.note('spam');
	jest.advanceTimersByTime(5_000);
	expect(shown).toEqual(['hard-bounced', 'spam']);
	expect(last.words?.time).toMatch(/^\d\d:\d\d$/);
	jest.useRealTimers();
});
