/** What a published trigger starts from when it looks after its webhook: the token, the events, and gaps. */
import { digestOf } from '../../../api';
import { watches } from '../../../nodes/Smtp2go/state/process-state';
import { useAccount } from '../support/account';
import { Trigger, type TriggerSetup } from '../support/trigger';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

const account = useAccount({ probe: 'none' });
const hooks = () => account.simulator.state.hooks;
let number = 0;

async function published(parameters: TriggerSetup['parameters'] = {}): Promise<Trigger> {
	const trigger = open({ parameters }, ++number);
	await trigger.activate();
	return trigger;
}
function open(setup: Partial<TriggerSetup> = {}, id = number): Trigger {
	return new Trigger({ credentials: account.credentials, workflowId: `w${id}`, ...setup });
}
/** The same trigger when n8n starts again. The process knows nothing. */
function restarted(trigger: Trigger, setup: Partial<TriggerSetup> = {}): Trigger {
	watches.delete(keyNow());
	const again = open(setup);
	again.remember(trigger);
	again.activation = 'init';
	return again;
}
const keyNow = () => `w${number}:1`;
const watchNow = () => watches.get(keyNow());
const authNow = () => watchNow()?.hook?.wanted.auth;

describe('the token of the webhook', () => {
	test('is kept for the next look, and no other one is accepted', async () => {
		const trigger = await published();
		expect(authNow()?.value).toBe(trigger.secret);
		expect(authNow()?.accepts?.(trigger.secret)).toBe(true);
		expect(authNow()?.accepts?.('x'.repeat(64))).toBe(false);
	});

	test('is learned from the list when n8n starts', async () => {
		const again = restarted(await published());
		await again.activate();
		expect(authNow()?.value).toBe(hooks()[0]?.auth_header_value);
		expect(authNow()?.accepts?.(again.secret)).toBe(true);
	});

	test('is not learned from a webhook that has another one, which is set right', async () => {
		const again = restarted(await published());
		Object.assign(hooks()[0] ?? {}, { auth_header_value: 'y'.repeat(64) });
		expect(await again.step('checkExists')).toBe(false);
		await again.step('create');
		expect(hooks().map(({ auth_header_value: value }) => digestOf(value ?? ''))).toEqual([again.memory.digest]);
	});
});

describe('what is caught up on', () => {
	test('is what the trigger asks for, with the headers of its filter', async () => {
		const headers = [{ header: 'X-Shop', value: 'Paris' }];
		await published({ events: ['bounce', 'open'], options: { filterHeaders: { headers }, usernames: 'shop' } });
		expect(watchNow()?.hook?.catchesUp).toMatchObject({
			events: ['bounce', 'open'],
			headers: ['X-Shop'],
			usernames: ['shop'],
		});
	});

	test.each([
		['with Catch Up off', { options: { catchUp: false } }],
		['without events about emails', { events: [], smsEvents: ['failed'] }],
	])('is nothing %s', async (_what, parameters) => {
		await published(parameters);
		expect(watchNow()?.hook).toMatchObject({ catchesUp: undefined, wanted: expect.anything() });
	});
});

describe('a gap', () => {
	test('is none where the webhook was in place, and nothing is logged', async () => {
		const again = restarted(await published());
		await again.activate();
		expect(watchNow()).toMatchObject({ gaps: [], isPaused: false });
		expect(again.memory.gap).toBeUndefined();
		expect(again.warnings).toEqual([]);
	});

	test('is none where the webhook was set up again and could stay as it was', async () => {
		const again = restarted(await published());
		await again.step('create');
		expect(hooks()).toHaveLength(1);
		expect(watchNow()?.gaps).toEqual([]);
	});

	test('is there where the webhook was missing when n8n started', async () => {
		const again = restarted(await published());
		hooks().splice(0);
		await again.activate();
		expect(watchNow()?.gaps).toHaveLength(1);
		expect(again.memory.gap).toMatchObject({ keys: [] });
	});

	test('is there where somebody changed the webhook', async () => {
		const again = restarted(await published());
		Object.assign(hooks()[0] ?? {}, { events: ['open'] });
		await again.activate();
		expect(watchNow()?.gaps).toHaveLength(1);
	});
});

describe('the events that were received', () => {
	const seen = { at: Date.now(), since: 5, keys: ['a'] };

	test('stay known when an edit removes and adds the webhook', async () => {
		const trigger = await published();
		trigger.memory.seen = seen;
		await trigger.step('delete');
		await trigger.activate();
		expect(trigger.memory.seen).toMatchObject({ since: 5, keys: ['a'] });
		await trigger.step('create');
		expect(trigger.memory.seen).toMatchObject({ since: 5, keys: ['a'] });
	});

	test('are forgotten at another address: they belong to the other one', async () => {
		const trigger = await published();
		trigger.memory.seen = seen;
		const moved = restarted(trigger, { base: 'https://other.example.com' });
		await moved.activate();
		expect(moved.memory.seen?.keys).toEqual([]);
	});
});

test('a webhook that is disabled is noted so, with one warning', async () => {
	const again = restarted(await published());
	Object.assign(hooks()[0] ?? {}, { disabled: true });
	await again.activate();
	expect(again.warnings).toHaveLength(1);
	expect(watchNow()?.isPaused).toBe(true);
});
