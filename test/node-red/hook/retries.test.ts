/** When an account's webhook is looked at again, who is told of a failure, and how the work on it ends. */
import { trigger, LoneAccount } from '../support/lone-account';

const alone = new LoneAccount();
const NO_PERMISSION = 'You do not have permission to access this API endpoint';

describe('the next look', () => {
	it('comes after a while if there is a webhook, and again after that', async () => {
		await alone.deployed();
		for (let round = 1; round < 3; round++) {
			expect(alone.delays).toEqual([900_001]);
			expect(alone.unreferenced).toBe(round);
			await alone.goOff();
		}
		expect(alone.calls()).toEqual(['view', 'add', 'view', 'view']);
	});

	it('comes even if the webhook is disabled', async () => {
		await alone.deployed();
		for (const hook of alone.simulator.state.hooks) hook.disabled = true;
		await alone.goOff();
		expect(alone.delays).toEqual([900_001]);
	});

	it('does not come if no trigger is left, nor if none has an event', async () => {
		const one = await alone.deployed();
		one.unsubscribe('t');
		await alone.reconcile(one);
		expect(alone.delays).toEqual([]);
		await alone.deployed({}, [trigger('t', { events: [] })]);
		expect(alone.delays).toEqual([]);
	});

	it('is one, however many deploys there are and whatever they find', async () => {
		const one = await alone.deployed();
		one.reconcile();
		expect(alone.delays).toEqual([]);
		one.reconcile();
		await alone.settled();
		expect(alone.delays).toEqual([900_001]);
	});
});

describe('a failure', () => {
	it('is shown, and retried after a delay that doubles up to its maximum and starts over after a success', async () => {
		const shown = trigger('t');
		alone.fail('Not now', '/webhook/add', 4);
		await alone.deployed({}, [shown]);
		for (const delay of [17, 34, 60, 60]) {
			expect(alone.delays).toEqual([delay]);
			expect(shown.states.at(-1)).toMatchObject({ is: 'failed', error: { type: 'refused' } });
			await alone.goOff();
		}
		expect(shown.shown()).toEqual(['registering', ...Array<string>(4).fill('failed'), 'listening']);
		alone.fail('Not now');
		await alone.goOff();
		expect(alone.delays).toEqual([17]);
	});

	it.each([
		['a missing permission', {}, 'manual'],
		['a missing public URL', { hook: { callbackUrl: undefined } }, 'failed'],
	])('that only a deploy can end is not retried: %s', async (_what, given, state) => {
		const shown = trigger('t');
		alone.fail(NO_PERMISSION);
		await alone.deployed(given, [shown]);
		expect(shown.shown()).toEqual(['registering', state]);
		expect(shown.failures).toHaveLength(1);
		expect(alone.delays).toEqual([]);
	});

	it('of settings that lead nowhere is told without a call', async () => {
		const shown = trigger('t');
		await alone.deployed({ settings: { baseUrl: 'nonsense' } }, [shown]);
		expect(shown.failures).toEqual([expect.stringContaining('URL')]);
		expect(alone.calls()).toEqual([]);
	});

	it('is told each trigger once, until it is another one, or there was a success, or the trigger came again', async () => {
		const [first, second] = [trigger('t'), trigger('u')];
		alone.fail('One', '*', 2);
		const one = await alone.deployed({}, [first]);
		one.subscribe(second.subscriber);
		await alone.goOff();
		const told = (...texts: string[]) => texts.map((text) => expect.stringContaining(text) as unknown);
		expect(first.failures).toEqual(told('One'));
		expect(second.failures).toEqual(told('One'));
		alone.fail('Two', '*', 2);
		await alone.goOff();
		expect(first.failures).toEqual(told('One', 'Two'));
		one.unsubscribe('t');
		one.subscribe(first.subscriber);
		await alone.goOff();
		expect(first.failures).toEqual(told('One', 'Two', 'Two'));
		expect(second.failures).toEqual(told('One', 'Two'));
		await alone.goOff();
		alone.fail('Two');
		await alone.goOff();
		expect(second.failures).toEqual(told('One', 'Two', 'Two'));
		expect(alone.log).toEqual([]);
	});

	it('is in the log once if there is no trigger', async () => {
		alone.fail('Not now', '*', 2);
		await alone.deployed({}, []);
		await alone.goOff();
		expect(alone.log).toEqual([expect.stringMatching(/^error: .*Not now/)]);
		await alone.goOff();
		expect(alone.log).toHaveLength(1);
	});
});

describe('an account that closes', () => {
	it('ends the timer of the next look', async () => {
		const one = await alone.deployed();
		await one.close(false);
		expect(alone.delays).toEqual([]);
	});

	it('leaves its webhook if it was not deleted, and makes no call that was only planned', async () => {
		const one = await alone.deployed();
		alone.calls();
		one.reconcile();
		await one.close(false);
		await alone.settled();
		expect(alone.calls()).toEqual([]);
		expect(alone.urls).toHaveLength(1);
		expect(alone.delays).toEqual([]);
	});

	it('does not wait for work if it was not deleted, and what that work finds is shown nowhere', async () => {
		const shown = trigger('t');
		const one = await alone.deployed({}, [shown]);
		alone.simulator.setFault({ path: '*', fault: 'slow', ms: 5_000, times: 1 });
		one.reconcile();
		await alone.simulator.waitFor(({ requests }) => requests.length === 3);
		const work = alone.memory.work;
		let isDone = false;
		void work.then(() => {
			isDone = true;
		});
		await one.close(false);
		expect(isDone).toBe(false);
		await work;
		expect(shown.shown()).toEqual(['registering', 'listening']);
		expect(shown.failures).toEqual([]);
		expect(alone.delays).toEqual([]);
	});

	it('takes its webhook along if it was deleted, and waits for that', async () => {
		const one = await alone.deployed();
		await one.close(true);
		expect(alone.urls).toEqual([]);
		expect(alone.memory.locations.size).toBe(0);
		expect(alone.log).toEqual([]);
	});

	it('reports a webhook that it could not remove', async () => {
		const one = await alone.deployed();
		alone.fail('Not now', '/webhook/remove');
		await one.close(true);
		expect(alone.log).toEqual([expect.stringMatching(/^error: .*Not now/)]);
	});

	it('gives up the removal after a time, and reports it', async () => {
		const one = await alone.deployed();
		alone.simulator.setFault({ path: '*', fault: 'slow', ms: 5_000, times: 1 });
		await one.close(true);
		await alone.settled();
		expect(alone.log).toEqual([expect.stringMatching(/^error: /)]);
		expect(alone.urls).toHaveLength(1);
	});

	it('does not wait longer for work that was there before', async () => {
		const one = await alone.deployed();
		let end = (): void => undefined;
		alone.memory.work = new Promise((resolve) => {
			end = resolve;
		});
		await one.close(true);
		expect(alone.urls).toHaveLength(1);
		end();
		await alone.settled();
		expect(alone.urls).toEqual([]);
	});

	it('reports what goes wrong in an unexpected way, without the key', async () => {
		const one = await alone.deployed();
		one.report(new Error('A bug with api-ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'));
		expect(alone.log).toEqual([expect.stringMatching(/^error: A bug with /)]);
		expect(alone.log.join()).not.toContain('ABCDEF');
		Object.assign(alone.memory, { locations: undefined });
		await alone.reconcile(one);
		expect(alone.log).toHaveLength(2);
	});
});
