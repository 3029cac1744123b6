/** The trigger looks after its hook while n8n runs. */
import { useAccount } from '../support/account';
import { clock } from '../support/sleep-clock';
import { Trigger, type TriggerSetup } from '../support/trigger';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: (milliseconds: number) => clock.sleep(milliseconds),
}));

const account = useAccount({ probe: 'none' });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const open: (() => Promise<void> | undefined)[] = [];
let number = 0;

beforeEach(() => clock.stop());
afterEach(async () => {
	for (const close of open.splice(0)) await close();
	await clock.advance(MINUTE);
	jest.useRealTimers();
});

const hooks = () => account.simulator.state.hooks;
const calls = () => account.simulator.state.requests.map(({ path }) => path);
const forget = () => {
	account.simulator.state.requests.length = 0;
};

/** A published trigger that n8n lets run. */
async function running(setup: Partial<TriggerSetup> = {}, broken?: string): Promise<Trigger> {
	const trigger = new Trigger({ credentials: account.credentials, workflowId: `u${++number}`, ...setup });
	await trigger.activate();
	const { closeFunction } = await trigger.run(broken);
	open.push(() => closeFunction?.());
	forget();
	return trigger;
}

test('a hook that is in place is read once an hour, and nothing else happens', async () => {
	const trigger = await running();
	await clock.advance(HOUR);
	expect(calls()).toEqual(['/webhook/view']);
	await clock.advance(4 * HOUR);
	expect([4, 5]).toContain(calls().length);
	expect(new Set(calls())).toEqual(new Set(['/webhook/view']));
	expect(trigger.warnings).toEqual([]);
});

test('triggers look at different times', async () => {
	const times = new Set<number>();
	for (let index = 0; index < 5; index++) {
		const trigger = await running();
		forget();
		const start = Date.now();
		while (!calls().includes('/webhook/view')) await clock.advance(MINUTE);
		times.add(Math.round((Date.now() - start) / MINUTE));
		await open.pop()?.();
		await trigger.unpublish();
	}
	expect(times.size).toBeGreaterThan(2);
}, 60_000);

test('a hook that is gone is added with the same token, so every process accepts it, and the log says so', async () => {
	const trigger = await running();
	const [before] = hooks().splice(0);
	const memory = JSON.stringify(trigger.memory);
	await clock.advance(HOUR);
	expect(hooks()).toEqual([{ ...before, id: expect.any(Number) }]);
	expect(trigger.warnings).toEqual([
		expect.stringContaining('Its webhook was missing at SMTP2GO. It was added again.'),
	]);
	// n8n would save the whole workflow's data as it was at activation.
	expect(JSON.stringify(trigger.memory)).toBe(memory);
	await clock.advance(2 * HOUR);
	expect(trigger.warnings).toHaveLength(1);
});

test('the token of a hook that was in place at the start of n8n is learned from the list', async () => {
	const first = await running();
	await open.pop()?.();
	const restarted = new Trigger({ credentials: account.credentials, workflowId: `u${number}` });
	restarted.remember(first);
	restarted.activation = 'init';
	await restarted.activate();
	const { closeFunction } = await restarted.run();
	open.push(() => closeFunction?.());
	const [before] = hooks().splice(0);
	await clock.advance(HOUR);
	expect(hooks()[0]?.auth_header_value).toBe(before?.auth_header_value);
});

test('where the token is not known, a delivery with the new one is accepted and makes it known', async () => {
	const trigger = await running();
	await open.pop()?.();
	const restarted = new Trigger({ credentials: account.credentials, workflowId: `v${number}` });
	restarted.remember(trigger);
	restarted.activation = 'init';
	account.simulator.setFault({ path: '/webhook/view', fault: 'server-error', times: 0 });
	const activating = restarted.activate();
	for (let index = 0; index < 20; index++) await clock.advance(1_000);
	await activating;
	account.simulator.clearFaults();
	expect(restarted.warnings).toEqual([expect.stringContaining('could not be checked when n8n started')]);
	const { closeFunction } = await restarted.run();
	open.push(() => closeFunction?.());
	hooks().splice(0);
	await clock.advance(HOUR);
	const [added] = hooks();
	const body = JSON.stringify({ event: 'bounce', bounce: 'hard', rcpt: 'jane@example.com', id: 'x' });
	const answered = await restarted.deliver(body, { authorization: `Bearer ${added?.auth_header_value}` });
	expect(answered.result.workflowData).toHaveLength(1);
});

test('a hook that others changed is edited, and keeps its ID and token', async () => {
	const trigger = await running();
	const before = { ...hooks()[0] };
	Object.assign(hooks()[0] ?? {}, { events: ['open'], output_format: 'form' });
	await clock.advance(HOUR);
	expect(hooks()).toEqual([before]);
	expect(trigger.warnings).toEqual([expect.stringContaining('was changed at SMTP2GO')]);
});

test('a hook that its owner disabled stays disabled, and the log says so once each time', async () => {
	const trigger = await running();
	const [hook] = hooks();
	if (!hook) throw new Error('no hook');
	hook.disabled = true;
	await clock.advance(3 * HOUR);
	expect(hook.disabled).toBe(true);
	expect(trigger.warnings).toEqual([expect.stringContaining('disabled at SMTP2GO')]);
	hook.disabled = false;
	await clock.advance(2 * HOUR);
	hook.disabled = true;
	await clock.advance(2 * HOUR);
	expect(trigger.warnings).toHaveLength(2);
});

test('while SMTP2GO fails the log says so once, and the hook is back soon after', async () => {
	const trigger = await running();
	hooks().splice(0);
	account.simulator.setFault({ path: '/webhook/view', fault: 'server-error', times: 0 });
	await clock.advance(3 * HOUR);
	expect(trigger.warnings).toEqual([expect.stringContaining('The webhook could not be checked.')]);
	account.simulator.clearFaults();
	await clock.advance(1.2 * HOUR);
	expect(hooks()).toHaveLength(1);
}, 60_000);

test('a credential that a timer cannot read leaves the checks at publishing and start, and one word in the log', async () => {
	const trigger = await running({}, 'No bridge acquired for this context');
	hooks().splice(0);
	await clock.advance(5 * HOUR);
	expect(hooks()).toEqual([]);
	expect(trigger.warnings).toEqual([
		expect.stringMatching(/credential cannot be read while n8n runs.*No bridge acquired/),
	]);
});

test('after unpublishing, and while a workflow is tested, nothing is looked at', async () => {
	const trigger = await running();
	await trigger.unpublish();
	forget();
	await clock.advance(2 * HOUR);
	expect(calls()).toEqual([]);
	const test = new Trigger({ credentials: account.credentials, isTest: true });
	expect(await test.run()).toEqual({});
});

test('a look under way when the workflow is unpublished leaves no hook behind', async () => {
	const trigger = await running();
	hooks().splice(0);
	account.simulator.setFault({ path: '/webhook/add', fault: 'slow', ms: 300, times: 1 });
	const looking = clock.advance(HOUR);
	await account.simulator.waitFor(({ requests }) => requests.some(({ path }) => path === '/webhook/add'));
	await trigger.unpublish();
	await looking;
	await clock.advance(2 * HOUR);
	expect(hooks()).toEqual([]);
});
