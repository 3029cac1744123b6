/** After a time without a hook the trigger reads the activity log, and brings what did not come. */
import { useAccount } from '../support/account';
import { clock } from '../support/sleep-clock';
import { runTrigger } from '../support/engine';
import { Trigger, type TriggerSetup } from '../support/trigger';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: (milliseconds: number) => clock.sleep(milliseconds),
}));

const account = useAccount({ probe: 'none', demo: false });
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The activity log is whole after ten minutes, and the trigger checks every ten seconds what is due. */
const SETTLED = 11 * MINUTE;
const open: (() => Promise<void> | undefined)[] = [];
let number = 0;

beforeEach(() => clock.stop());
afterEach(async () => {
	await stop();
	jest.useRealTimers();
});

const hooks = () => account.simulator.state.hooks;
const searches = () => account.simulator.state.requests.filter(({ path }) => path === '/activity/search').length;
const stop = async () => {
	for (const close of open.splice(0)) await close();
	await clock.advance(MINUTE);
};

const numbered = (setup: Partial<TriggerSetup> = {}): Trigger =>
	new Trigger({ credentials: account.credentials, workflowId: `c${++number}`, ...setup });

/** Lets n8n publish or start a trigger. */
async function start(trigger: Trigger, activation: Trigger['activation'] = 'activate'): Promise<Trigger> {
	trigger.activation = activation;
	await trigger.activate();
	const { closeFunction } = await trigger.run();
	open.push(() => closeFunction?.());
	return trigger;
}

/** What n8n does when a published workflow is edited: the old hook goes, and the new one comes. */
async function edit(trigger: Trigger, meanwhile: () => unknown = () => undefined): Promise<void> {
	await Promise.all([open.pop()?.(), trigger.step('delete')]);
	await meanwhile();
	await start(trigger, 'update');
}

/** Sends the email to which events happen from now on. */
async function send(subject: string): Promise<void> {
	await fetch(`${account.simulator.apiUrl}/email/send`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-smtp2go-api-key': account.credentials.apiKey },
		body: JSON.stringify({ sender: 'shop@example.com', to: ['a@example.com'], subject, text_body: 'x' }),
	});
}
beforeEach(() => send('Order'));

/** Lets an event happen, which goes to the log but to no hook. @returns what a delivery would say */
function happen(recipient: string, event = 'bounce'): string {
	const before = hooks().splice(0);
	const [raised] = account.simulator.raise(event, { recipient });
	hooks().push(...before);
	return JSON.stringify({ ...raised?.payload, event, id: raised?.id });
}

/** The same, and SMTP2GO delivers it. */
async function deliver(trigger: Trigger, recipient: string, event?: string): Promise<boolean> {
	const answered = await trigger.deliverSigned(happen(recipient, event));
	answered.answer();
	return answered.result.workflowData !== undefined;
}

const caughtUp = (trigger: Trigger) => trigger.emitted.map(({ json }) => json['recipient']);

test('an event in the gap of an edit comes once the log has settled, marked, and with a key for n8n', async () => {
	const trigger = await start(numbered());
	await clock.advance(HOUR);
	await deliver(trigger, 'before@example.com');
	await edit(trigger, () => happen('during@example.com'));
	await deliver(trigger, 'after@example.com');
	await clock.advance(9 * MINUTE);
	expect(trigger.emitted).toEqual([]);
	await clock.advance(2 * MINUTE);
	expect(trigger.emitted).toEqual([
		{
			json: expect.objectContaining({ recipient: 'during@example.com', caughtUp: true, source: 'log' }),
			key: expect.stringMatching(new RegExp(`^smtp2go:c${number}:1:[\\w-]{22}$`)),
		},
	]);
	expect(trigger.notes).toEqual([expect.stringContaining('Found 1 missed events')]);
	await clock.advance(3 * HOUR);
	expect(trigger.emitted).toHaveLength(1);
	expect(searches()).toBe(1);
});

test('a delivery that was under way when the hook was removed, and failed, comes too', async () => {
	const trigger = await start(numbered());
	await clock.advance(HOUR);
	const failed = await trigger.deliverSigned(happen('failed@example.com'));
	failed.answer(503);
	await clock.advance(30 * SECOND);
	await edit(trigger);
	await clock.advance(SETTLED);
	expect(caughtUp(trigger)).toEqual(['failed@example.com']);
});

test('an event that was caught up on and is delivered after all starts nothing', async () => {
	const trigger = await start(numbered());
	await clock.advance(HOUR);
	let late = '';
	await edit(trigger, () => {
		late = happen('late@example.com');
	});
	await clock.advance(SETTLED);
	expect(caughtUp(trigger)).toEqual(['late@example.com']);
	expect((await trigger.deliverSigned(late)).result.workflowData).toBeUndefined();
});

test('two events with one key: what is delivered counts, and only the other comes', async () => {
	const trigger = await start(numbered({ parameters: { events: ['open'] } }));
	await clock.advance(HOUR);
	await deliver(trigger, 'twice@example.com', 'open');
	happen('twice@example.com', 'open');
	await edit(trigger);
	await clock.advance(SETTLED);
	expect(trigger.emitted).toHaveLength(1);
	expect(trigger.emitted[0]?.key).toMatch(/#2$/);
});

test('only what the trigger asks for comes: its events and its filters', async () => {
	const trigger = await start(
		numbered({ parameters: { events: ['bounce'], options: { filterSubject: 'Invoice' } } }),
	);
	await clock.advance(HOUR);
	await edit(trigger, async () => {
		happen('order@example.com');
		await send('Invoice 7');
		happen('invoice@example.com');
		happen('invoice@example.com', 'spam');
	});
	await clock.advance(SETTLED);
	expect(caughtUp(trigger)).toEqual(['invoice@example.com']);
});

test('what an edit newly asks for does not come from before the edit', async () => {
	const trigger = await start(numbered({ parameters: { events: ['bounce'] } }));
	await clock.advance(HOUR);
	happen('unasked@example.com', 'spam');
	await clock.advance(5 * SECOND);
	await Promise.all([open.pop()?.(), trigger.step('delete')]);
	const edited = new Trigger({
		credentials: account.credentials,
		workflowId: `c${number}`,
		parameters: { events: ['bounce', 'spam'] },
	});
	edited.remember(trigger);
	await clock.advance(SECOND);
	happen('asked@example.com', 'spam');
	await start(edited, 'update');
	await clock.advance(SETTLED);
	expect(caughtUp(edited)).toEqual(['asked@example.com']);
});

test('what happened between a loss and the look that repairs it comes', async () => {
	const trigger = await start(numbered());
	await deliver(trigger, 'before@example.com');
	hooks().splice(0);
	happen('lost@example.com');
	await clock.advance(HOUR);
	expect(hooks()).toHaveLength(1);
	await clock.advance(SETTLED);
	expect(caughtUp(trigger)).toEqual(['lost@example.com']);
});

/** n8n is killed and starts again: another process, which knows what was saved. */
async function restart(trigger: Trigger, downFor: number, meanwhile: () => unknown): Promise<Trigger> {
	await stop();
	const restarted = numbered();
	restarted.remember(trigger);
	await clock.advance(downFor);
	await meanwhile();
	return start(restarted, 'init');
}

test('a hook that was lost while n8n was down: what happened since the last delivery comes', async () => {
	const trigger = await start(numbered());
	await clock.advance(HOUR);
	await deliver(trigger, 'before@example.com');
	const restarted = await restart(trigger, HOUR, () => {
		hooks().splice(0);
		happen('down@example.com');
	});
	await clock.advance(SETTLED);
	expect(caughtUp(restarted)).toEqual(['down@example.com']);
});

test('a restart with the hook in place reads nothing: SMTP2GO delivers again what failed', async () => {
	const trigger = await start(numbered());
	const restarted = await restart(trigger, DAY, () => happen('down@example.com'));
	await clock.advance(SETTLED);
	expect([restarted.emitted, searches()]).toEqual([[], 0]);
});

test('after days, what SMTP2GO has given up on comes, and what it still delivers does not', async () => {
	const trigger = await start(numbered());
	await deliver(trigger, 'before@example.com');
	await stop();
	happen('given-up@example.com');
	const restarted = await restart(trigger, 3 * DAY, () => happen('repeated@example.com'));
	await clock.advance(SETTLED);
	expect(caughtUp(restarted)).toEqual(['given-up@example.com']);
});

test('a gap that was open when n8n was killed is read after the start', async () => {
	const trigger = await start(numbered());
	await clock.advance(HOUR);
	await edit(trigger, () => happen('during@example.com'));
	const restarted = await restart(trigger, MINUTE, () => undefined);
	await clock.advance(SETTLED);
	expect(caughtUp(restarted)).toEqual(['during@example.com']);
});

test('a workflow that was unpublished for weeks brings nothing from that time', async () => {
	const trigger = await start(numbered());
	await deliver(trigger, 'before@example.com');
	await Promise.all([open.pop()?.(), trigger.unpublish()]);
	await clock.advance(10 * DAY);
	for (let index = 0; index < 20; index++) happen(`old${index}@example.com`);
	await clock.advance(10 * DAY);
	await start(trigger, 'activate');
	await clock.advance(SETTLED);
	expect([trigger.emitted, searches()]).toEqual([[], 0]);
});

test('a copy with another address owes nothing, whatever the data that it brought along says', async () => {
	const trigger = await start(numbered());
	await deliver(trigger, 'before@example.com');
	await stop();
	happen('down@example.com');
	const copy = numbered({ base: 'https://copy.example.com' });
	copy.remember(trigger);
	await start(copy, 'init');
	await clock.advance(SETTLED);
	expect(copy.emitted).toEqual([]);
});

test('with Catch Up off nothing is read, and nothing is saved', async () => {
	const trigger = await start(numbered({ parameters: { events: ['bounce'], options: { catchUp: false } } }));
	await clock.advance(HOUR);
	await deliver(trigger, 'before@example.com');
	await edit(trigger, () => happen('during@example.com'));
	await clock.advance(SETTLED);
	expect([trigger.emitted, searches(), trigger.memory.seen, trigger.memory.gap]).toEqual([
		[],
		0,
		undefined,
		undefined,
	]);
});

test('logs once that the key has no permission for the activity, and does not fail', async () => {
	const apiKey = account.simulator.addKey({
		permissions: ['/webhook/view', '/webhook/add', '/webhook/edit', '/webhook/remove'],
	});
	const trigger = await start(numbered({ credentials: { ...account.credentials, apiKey } }));
	for (let index = 0; index < 3; index++) {
		await clock.advance(HOUR);
		await edit(trigger);
		await clock.advance(SETTLED);
	}
	expect(trigger.warnings.filter((text) => text.includes('activity log cannot be read'))).toHaveLength(1);
});

test('a failure of SMTP2GO delays the events, and loses none', async () => {
	const trigger = await start(numbered());
	await clock.advance(HOUR);
	await edit(trigger, () => happen('during@example.com'));
	account.simulator.setFault({ path: '/activity/search', fault: 'server-error', times: 0 });
	await clock.advance(SETTLED);
	expect(trigger.emitted).toEqual([]);
	account.simulator.clearFaults();
	await clock.advance(6 * MINUTE);
	expect(caughtUp(trigger)).toEqual(['during@example.com']);
});

test('n8n edits the trigger while it catches up: each event comes once', async () => {
	const trigger = await start(numbered());
	await clock.advance(HOUR);
	await edit(trigger, () => {
		for (let index = 0; index < 30; index++) happen(`n${index}@example.com`);
	});
	while (trigger.emitted.length < 10) await clock.advance(200);
	await edit(trigger);
	await clock.advance(2 * SETTLED);
	expect(caughtUp(trigger).length).toBe(30);
	expect(new Set(caughtUp(trigger)).size).toBe(30);
});

test('what is saved stays small, and is written at most once a minute', async () => {
	const trigger = await start(numbered());
	const written = new Set<unknown>();
	for (let index = 0; index < 300; index++) {
		await deliver(trigger, `n${index}@example.com`);
		written.add(trigger.memory.seen?.at);
		await clock.advance(SECOND);
	}
	expect(written.size).toBeLessThanOrEqual(7);
	expect(trigger.memory.seen?.keys.length).toBeLessThanOrEqual(200);
	expect(JSON.stringify(trigger.memory).length).toBeLessThan(6_000);
});

test('a process notes what it received around a gap, and an execution drops the same from the log', async () => {
	const trigger = await start(numbered());
	await clock.advance(HOUR);
	await deliver(trigger, 'before@example.com');
	await edit(trigger);
	await deliver(trigger, 'after@example.com');
	expect(trigger.memory.gap?.keys).toHaveLength(2);
	const [key] = trigger.memory.gap?.keys ?? [];
	const event = (eventKey: unknown) => ({ caughtUp: true, eventKey, kind: 'hard-bounced' });
	const memory = { 'node:Trigger': { gap: { from: 0, to: 1, keys: [key] } } };
	const output = async (eventKey: unknown) => (await runTrigger({}, event(eventKey), 'v1', memory)).data;
	expect(await output(key)).toEqual([[]]);
	expect(await output('another')).toEqual([[expect.objectContaining({ json: event('another') })]]);
});
