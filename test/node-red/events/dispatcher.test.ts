/** Who gets an event, and who gets it again if a trigger could not take it. */
import { readDelivery, type ReadDelivery } from '../../../api';
import { EventDispatcher } from '../../../node-red/runtime/events/event-dispatcher';
import type { Subscriber } from '../../../node-red/runtime/events/subscriber';

function delivery(id = 'e1'): ReadDelivery {
	const read = readDelivery({ event: 'bounce', bounce: 'hard', id, rcpt: 'ann@example.org' }, []);
	if (read === undefined) throw new Error('It names an event');
	return read;
}

/** A trigger that takes what it gets, unless it is out of order. */
function taker(id: string) {
	const taken: ReadDelivery[] = [];
	const one = {
		id,
		taken,
		isBroken: false,
		deliver(read: ReadDelivery) {
			if (one.isBroken) throw new Error(`${id} is out of order`);
			taken.push(read);
		},
	};
	return one as typeof one & Subscriber;
}

let dispatcher: EventDispatcher;
let errors: string[];
const dispatch = (takers: Subscriber[], read = delivery(), chance?: 'again' | 'once') =>
	dispatcher.dispatch(takers, read, (thrown) => void errors.push((thrown as Error).message), chance);

beforeEach(() => {
	dispatcher = new EventDispatcher();
	errors = [];
});

it('each trigger gets the event, and each but the first gets a copy', () => {
	const [one, two, three] = [taker('t'), taker('u'), taker('v')];
	const read = delivery();
	expect(dispatch([one, two, three], read)).toBe(true);
	expect(one.taken[0]).toBe(read);
	expect(two.taken).toEqual([read]);
	expect(two.taken[0]).not.toBe(read);
	expect(three.taken).toEqual([read]);
	expect(three.taken[0]).not.toBe(read);
	expect(three.taken[0]).not.toBe(two.taken[0]);
	expect(errors).toEqual([]);
});

it('without a trigger there is nothing to fail', () => {
	expect(dispatch([])).toBe(true);
});

it('a trigger that fails does not get in the way of the others, and gets the event when it comes again', () => {
	const [one, two, three] = [taker('t'), taker('u'), taker('v')];
	one.isBroken = true;
	expect(dispatch([one, two, three])).toBe(false);
	expect(errors).toEqual(['t is out of order']);
	expect(dispatch([one, two, three])).toBe(false);
	one.isBroken = false;
	expect(dispatch([one, two, three])).toBe(true);
	expect([one, two, three].map(({ taken }) => taken.length)).toEqual([1, 1, 1]);
	expect(errors).toEqual(['t is out of order', 't is out of order']);
});

it('the event itself goes to the first trigger that can take it', () => {
	const [one, two] = [taker('t'), taker('u')];
	one.isBroken = true;
	const read = delivery();
	dispatch([one, two], read);
	expect(two.taken[0]).toBe(read);
});

it('once all have it, it is new when it comes again', () => {
	const one = taker('t');
	expect([dispatch([one]), dispatch([one])]).toEqual([true, true]);
	expect(one.taken).toHaveLength(2);
});

it('nobody waits for an event that comes once: all get it if it does come again', () => {
	const [one, two] = [taker('t'), taker('u')];
	two.isBroken = true;
	expect(dispatch([one, two], delivery(), 'once')).toBe(false);
	two.isBroken = false;
	expect(dispatch([one, two])).toBe(true);
	expect([one.taken.length, two.taken.length]).toEqual([2, 1]);
});

it('a thousand events are remembered, and then the oldest is forgotten', () => {
	const [one, two] = [taker('t'), taker('u')];
	two.isBroken = true;
	for (let index = 0; index < 1001; index++) dispatch([one, two], delivery(`e${index}`));
	expect(one.taken).toHaveLength(1001);
	dispatch([one, two], delivery('e1'));
	dispatch([one, two], delivery('e1000'));
	expect(one.taken).toHaveLength(1001);
	dispatch([one, two], delivery('e0'));
	expect(one.taken).toHaveLength(1002);
});
