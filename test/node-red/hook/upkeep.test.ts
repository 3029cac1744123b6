/** How an account's webhook is kept in line with its triggers. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { EventEmitter } from 'node:events';
import { readFilter } from '../../../api';
import { addHook } from '../support/flows';
import { LoneAccount, OURS, trigger, type Given } from '../support/lone-account';

const MOVED = 'https://moved.example.com/smtp2go/account';
const NO_PERMISSION = 'You do not have permission to access this API endpoint';
const alone = new LoneAccount();

describe('a trigger', () => {
	it('is shown the state when it comes, and whenever it changes', async () => {
		const [first, second] = [trigger('t'), trigger('u')];
		const one = await alone.deployed({}, [first]);
		expect(first.shown()).toEqual(['registering', 'listening']);
		one.subscribe(second.subscriber);
		expect(second.shown()).toEqual(['listening']);
		expect(one.triggers).toEqual([first.subscriber, second.subscriber]);
		one.unsubscribe('t');
		expect(one.triggers).toEqual([second.subscriber]);
	});

	it('adds the headers of its filter to those of the account', () => {
		const one = alone.registration();
		const filter = readFilter({ filter_headers: [{ header: 'X-Shop', value: '1' }] });
		one.subscribe(trigger('t', { filter }).subscriber);
		expect(one.headers).toEqual(['X-Order', 'X-Shop']);
	});

	it('turns green with the first delivery to a webhook that was set up manually, and with no other', async () => {
		const weak = trigger('t');
		alone.fail(NO_PERMISSION);
		const one = await alone.deployed({}, [weak]);
		expect(weak.shown()).toEqual(['registering', 'manual']);
		expect(weak.states.at(-1)).toMatchObject({ error: { type: 'permission' } });
		one.confirm();
		one.confirm();
		expect(weak.shown()).toEqual(['registering', 'manual', 'listening']);
	});
});

describe('the webhook', () => {
	it('is remembered as created by this process, from its first deploy to a later one that only finds it', async () => {
		await alone.deployed();
		const id = alone.simulator.state.hooks[0]?.id;
		expect(alone.places).toEqual([[[OURS, true], id]]);
		expect(alone.memory.checkedForStrays).toBe(true);
		await alone.deployed();
		expect(alone.calls()).toEqual(['view', 'add', 'view']);
		expect(alone.places).toEqual([[[OURS, true], id]]);
	});

	it('is remembered as found if it was there before this process', async () => {
		addHook(alone.simulator, OURS);
		await alone.deployed();
		expect(alone.calls()).toEqual(['view', 'edit']);
		expect(alone.places).toEqual([[[OURS, false], alone.simulator.state.hooks[0]?.id]]);
	});

	it('moves with the public URL, and counts as created at the new one', async () => {
		await alone.deployed();
		await alone.deployed({ hook: { callbackUrl: MOVED } });
		expect(alone.calls()).toEqual(['view', 'add', 'view', 'edit']);
		expect(alone.places).toEqual([[[MOVED, true], alone.simulator.state.hooks[0]?.id]]);
	});

	it('can be there although the call failed, so its URL is remembered', async () => {
		alone.fail('Not now', '/webhook/add');
		await alone.deployed();
		expect(alone.places).toEqual([[[OURS, false], undefined]]);
		expect(alone.memory.checkedForStrays).toBe(false);
	});

	it('that was only found stays when the public URL changes, and the log says so without its token', async () => {
		addHook(alone.simulator, `${OURS}?token=hidden`);
		await alone.deployed({ hook: { callbackUrl: `${OURS}?token=hidden` } });
		await alone.deployed({ hook: { callbackUrl: MOVED, subaccount: 'sub1' } });
		expect(alone.urls).toEqual([`${OURS}?token=hidden`, MOVED]);
		expect(alone.log).toEqual([expect.stringMatching(/^warn: errors\.oldWebhookKept\{"url":"https:\/\/flows\./)]);
		expect(alone.log.join()).not.toContain('hidden');
	});

	it('is removed at its earlier place, and the log says if that fails', async () => {
		await alone.deployed();
		alone.fail('Not there', '/webhook/remove');
		await alone.deployed({ hook: { subaccount: 'sub1' } });
		expect(alone.log).toEqual([
			expect.stringMatching(/^warn: errors\.oldWebhookNotRemoved\{"message":".*Not there/),
		]);
		await alone.deployed({ hook: { subaccount: 'sub1' } });
		expect(alone.log).toHaveLength(1);
		expect(alone.simulator.state.hooks).toMatchObject([{ subaccountId: 'sub1' }]);
	});

	it('that is new is not the only one of the trigger: the log says so once', async () => {
		addHook(alone.simulator, MOVED);
		await alone.deployed();
		expect(alone.log).toEqual([expect.stringContaining('warn: SMTP2GO has a webhook of the same trigger')]);
		await alone.deployed();
		expect(alone.log).toHaveLength(1);
	});

	it('that is disabled is shown and logged once, until it is enabled again', async () => {
		const shown = trigger('t');
		const one = await alone.deployed({}, [shown]);
		const [hook] = alone.simulator.state.hooks;
		for (const disabled of [true, true, false, true]) {
			Object.assign(hook ?? {}, { disabled });
			await alone.goOff();
		}
		expect(shown.shown()).toEqual(['registering', 'listening', 'paused', 'paused', 'listening', 'paused']);
		expect(alone.log).toEqual(['warn: errors.paused', 'warn: errors.paused']);
		await one.close(false);
	});

	it('is not registered before the HTTP server listens, and not at all if the account is closed meanwhile', async () => {
		const server = Object.assign(new EventEmitter(), { listening: false });
		const one = alone.registration({ server });
		const shown = trigger('t');
		one.subscribe(shown.subscriber);
		one.reconcile();
		await new Promise(setImmediate);
		await one.close(false);
		await alone.settled();
		expect(alone.calls()).toEqual([]);
		expect(shown.shown()).toEqual(['registering']);
		expect(alone.memory.locations.size).toBe(0);
		const other = alone.registration({ server });
		other.subscribe(shown.subscriber);
		other.reconcile();
		await new Promise(setImmediate);
		expect(alone.calls()).toEqual([]);
		server.emit('listening');
		await alone.settled();
		expect(alone.calls()).toEqual(['view', 'add']);
	});
});

describe('without a trigger', () => {
	it('the webhook is removed, and nobody looks again', async () => {
		await alone.deployed();
		const one = await alone.deployed({}, []);
		expect(alone.urls).toEqual([]);
		expect(alone.memory.locations.size).toBe(0);
		await alone.reconcile(one);
		expect(alone.calls()).toEqual(['view', 'add', 'view', 'remove']);
		expect(alone.log).toEqual([]);
		expect(alone.delays).toEqual([]);
	});

	it('a webhook that an earlier process left is removed once, and the log says so', async () => {
		addHook(alone.simulator, OURS);
		const one = await alone.deployed({}, []);
		expect(alone.log).toEqual(['log: errors.leftoverWebhookRemoved']);
		expect(alone.urls).toEqual([]);
		addHook(alone.simulator, OURS);
		await alone.reconcile(one);
		expect(alone.calls()).toEqual(['view', 'remove']);
	});

	it('an account that left none says nothing', async () => {
		await alone.deployed({}, []);
		expect(alone.calls()).toEqual(['view']);
		expect(alone.log).toEqual([]);
	});

	it.each<[string, Given]>([
		['public URL', { hook: { callbackUrl: undefined } }],
		['key', { settings: { apiKey: '' } }],
	])('and without a %s there is no call', async (_what, given) => {
		await alone.deployed(given, []);
		expect(alone.calls()).toEqual([]);
		expect(alone.log).toEqual([]);
	});

	it('a webhook that could not be looked for counts as found, not as created', async () => {
		alone.fail('Not now');
		await alone.deployed({}, []);
		expect(alone.places).toEqual([[[OURS, false], undefined]]);
		expect(alone.memory.checkedForStrays).toBe(false);
	});

	it('an account that closes at once remembers no place', async () => {
		const one = alone.registration();
		one.reconcile();
		await one.close(false);
		await alone.settled();
		expect(alone.calls()).toEqual([]);
		expect(alone.memory.locations.size).toBe(0);
	});

	it('a key that may not look has left none, and is not asked again', async () => {
		alone.fail(NO_PERMISSION, '*', 0);
		const one = await alone.deployed({}, []);
		expect(alone.memory.locations.size).toBe(0);
		await alone.reconcile(one);
		expect(alone.calls()).toEqual(['view']);
		expect(alone.log).toEqual([]);
	});

	it('a key that lost the permission since is reported', async () => {
		await alone.deployed();
		alone.fail(NO_PERMISSION, '*', 0);
		await alone.deployed({}, []);
		expect(alone.log).toEqual([expect.stringMatching(/^error: .*permission/)]);
		expect(alone.memory.locations.size).toBe(1);
	});

	it('a removal that fails is reported and retried, and what it then removes is no leftover', async () => {
		await alone.deployed();
		alone.fail('Not now', '/webhook/remove');
		await alone.deployed({}, []);
		expect(alone.log).toEqual([expect.stringMatching(/^error: .*Not now/)]);
		await alone.goOff();
		expect(alone.urls).toEqual([]);
		expect(alone.log).toHaveLength(1);
	});

	it('a webhook that this process created is not taken for one that it found', async () => {
		await alone.deployed();
		alone.memory.checkedForStrays = false;
		alone.fail('Not now', '/webhook/remove');
		await alone.deployed({}, []);
		expect(alone.places).toEqual([[[OURS, true], alone.simulator.state.hooks[0]?.id]]);
	});

	it('a webhook that was only found stays if the public URL changes, too', async () => {
		addHook(alone.simulator, OURS);
		await alone.deployed();
		await alone.deployed({ hook: { callbackUrl: MOVED } }, []);
		expect(alone.urls).toEqual([OURS]);
		expect(alone.log).toEqual(['warn: errors.oldWebhookKept{"url":"https://flows.example.com/smtp2go/account"}']);
	});
});
