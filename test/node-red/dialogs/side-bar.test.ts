/** What the side bar gets from the running Node-RED, and the sample events that it sends. */
import { fingerprintOf, type DeliveredEvent } from '../../../api';
import { runningAccount } from '../../../node-red/runtime/state/process-state';
import type { EmailView, Overview } from '../../../node-red/shared/side-bar';
import { DEMO_API_KEY, type Simulator } from '../../../simulator';
import { triggerFlow } from '../support/flows';
import { account, delivered, inbox, key, load, node, request, until, type Web } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
let web: Web;
useNodeRed(
	(started) => {
		({ simulator, web } = started);
	},
	{ deletesAll: true },
);

const post = async <T>(path: string, body: object = { account: 'account' }) =>
	(await request().post(`/smtp2go/${path}`).send(body)).body as {
		readonly ok: boolean;
		readonly type?: string;
		readonly message?: string;
		readonly value: T;
	};
const tab = { id: 'tab', type: 'tab', label: 'Test' };
const lone = (more: object = {}, credentials = key()) => load([tab, account(simulator, more)], credentials);
const overview = async () => (await post<Overview>('side-bar')).value;
const running = () => {
	const found = runningAccount('account');
	if (found === undefined) throw new Error('The account does not run');
	return found;
};

async function withTriggers(...triggers: Parameters<typeof triggerFlow>[2][number][]): Promise<void> {
	await load(triggerFlow(simulator, web.url, triggers), key());
	await until(() => simulator.state.hooks.length === 1);
}

async function sendEmails(...recipients: string[]): Promise<void> {
	for (const to of recipients) {
		await fetch(`${simulator.apiUrl}/email/send`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-smtp2go-api-key': DEMO_API_KEY },
			body: JSON.stringify({ sender: 'shop@example.com', to: [to], subject: `For ${to}`, text_body: 'Hi' }),
		});
	}
}

describe('the accounts', () => {
	it('are those that run, and the first is shown', async () => {
		const other = { ...account(simulator), id: 'other', name: 'Other' };
		await load([tab, account(simulator, { name: 'Shop' }), other], { ...key(), other: { apiKey: DEMO_API_KEY } });
		expect((await post<Overview>('side-bar', {})).value).toMatchObject({
			accounts: [
				{ id: 'account', editorId: 'account', name: 'Shop' },
				{ id: 'other', editorId: 'other', name: 'Other' },
			],
			shown: { id: 'account' },
		});
		expect((await post<Overview>('side-bar', { account: 'other' })).value.shown?.id).toBe('other');
		expect((await post<Overview>('side-bar', { account: 'gone' })).value.shown?.id).toBe('account');
	});

	it('are none if none is deployed', async () => {
		await load([tab]);
		expect(await post('side-bar', {})).toEqual({ ok: true, value: { accounts: [] } });
	});
});

describe('the queue', () => {
	it('says how many calls run and wait, and why the next one does', async () => {
		await lone({ inFlight: 1 });
		expect((await overview()).shown?.queue).toEqual({ running: 0, waiting: 0, concurrency: 1 });
		let end = (): void => undefined;
		const first = running().queue.pass(
			{ path: '/email/send' },
			() => new Promise<void>((resolve) => (end = resolve)),
		);
		const second = running().queue.pass({ path: '/sms/send' }, () => Promise.resolve());
		await delivered();
		expect((await overview()).shown?.queue).toEqual({
			running: 1,
			waiting: 1,
			concurrency: 1,
			next: { path: '/sms/send', milliseconds: 0, reason: 'busy' },
		});
		end();
		await Promise.all([first, second]);
	});

	it('says that SMTP2GO asked to slow down', async () => {
		// The queue of a key outlives its account.
		await lone({}, key(simulator.addKey({ permissions: ['/email/send'] })));
		const stop = new AbortController();
		running().queue.hold(60_000);
		const held = running().queue.pass({ path: '/sms/send', signal: stop.signal }, () => Promise.resolve());
		await delivered();
		expect((await overview()).shown?.queue).toMatchObject({ waiting: 1, next: { reason: 'slowDown' } });
		stop.abort();
		await held;
	});

	it('asks SMTP2GO nothing', async () => {
		await lone();
		await overview();
		expect(simulator.state.requests).toEqual([]);
	});
});

describe('the webhook', () => {
	it('is not needed without triggers', async () => {
		await lone();
		expect((await overview()).shown?.webhook).toEqual({ is: 'unused', readsLog: false });
	});

	it('listens, and remembers its last event', async () => {
		await withTriggers({ id: 't', events: ['bounce'] });
		await until(() => running().registration.hookState?.is === 'listening');
		expect((await overview()).shown?.webhook).toEqual({
			is: 'listening',
			url: `${web.url}/smtp2go/account`,
			readsLog: false,
		});
		await sendEmails('bounce@example.org');
		await inbox('out-t').next();
		expect((await overview()).shown?.webhook.lastEvent).toEqual({
			kind: 'hard-bounced',
			at: expect.any(Number) as number,
		});
	});

	it('says what is wrong, without a secret', async () => {
		const credentials = key(simulator.addKey({ permissions: ['/email/send'] }), {
			hookUser: 'u',
			hookPassword: 'p',
		});
		await load(
			triggerFlow(simulator, web.url, [{ id: 't', events: ['bounce'] }], { hookAuth: 'basic' }),
			credentials,
		);
		await until(() => running().registration.hookState?.is === 'manual');
		const { webhook } = (await overview()).shown ?? {};
		expect(webhook).toMatchObject({ is: 'manual', problem: expect.stringContaining('/webhook/view') as string });
		expect(JSON.stringify(webhook)).not.toContain(running().hookSettings.auth?.secret);
	});
});

describe('the last emails', () => {
	it('come newest first with their fate and the reason, in one call', async () => {
		await lone();
		await sendEmails('ann@example.org', 'bounce@example.org');
		simulator.state.requests.length = 0;
		const { value } = await post<EmailView[]>('last-emails');
		expect(value.map(({ recipient, kind }) => [recipient, kind])).toEqual([
			['bounce@example.org', 'hard-bounced'],
			['ann@example.org', 'opened'],
		]);
		expect(value[0]).toMatchObject({ subject: 'For bounce@example.org', reason: expect.stringContaining('550') });
		expect(simulator.state.requests.map(({ path }) => path)).toEqual(['/activity/search']);
	});

	it('need a permission, and the error says which', async () => {
		await lone({}, key(simulator.addKey({ permissions: ['/email/send'] })));
		expect(await post('last-emails')).toMatchObject({ ok: false, type: 'permission' });
		expect(await post('quota')).toMatchObject({ ok: false, type: 'permission' });
	});

	it('are not read for an account that does not run', async () => {
		await lone();
		expect(await post('last-emails', { account: 'gone' })).toMatchObject({
			ok: false,
			message: 'errors.deployFirst',
		});
	});
});

it('the quota is that of the billing period', async () => {
	await lone();
	await sendEmails('ann@example.org');
	expect((await post('quota')).value).toEqual({
		used: 1,
		max: expect.any(Number) as number,
		end: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
	});
});

describe('a sample event', () => {
	const sample = (kind: string, trigger = 't') =>
		post<{ kind: string; passes: boolean }>('sample-event', { account: 'account', trigger, kind });

	it('can be each event that the trigger asks for, with both types of bounces', async () => {
		await withTriggers({ id: 't', events: ['bounce', 'open'], smsEvents: ['failed'] });
		expect((await overview()).shown?.triggers).toEqual([
			{
				id: 't',
				editorId: 't',
				name: '',
				kinds: ['events.bounce.hard', 'events.bounce.soft', 'events.open', 'smsEvents.failed'],
			},
		]);
	});

	it.each([
		['events.bounce.hard', 'hard-bounced'],
		['events.bounce.soft', 'soft-bounced'],
		['smsEvents.failed', 'sms-failed'],
	])('starts the flow and says that it is one: %s', async (kind, expected) => {
		await withTriggers({ id: 't', events: ['bounce'], smsEvents: ['failed'] });
		const out = inbox('out-t');
		expect(await sample(kind)).toEqual({ ok: true, value: { kind: expected, passes: true } });
		expect(await out.next()).toMatchObject({ topic: expected, payload: { kind: expected, sample: true } });
	});

	it('leaves through the output of its event', async () => {
		const outputs = { events: ['open', 'bounce'], outputMode: 'event', wires: [['out-t'], []] };
		await withTriggers({ id: 't', ...outputs });
		const out = inbox('out-t');
		await sample('events.open');
		await sample('events.bounce.hard');
		await delivered();
		expect(out.messages.map(({ topic }) => topic)).toEqual(['hard-bounced']);
	});

	it('looks like the log to a trigger that reads it', async () => {
		const trigger = { id: 't', events: ['bounce'], source: 'log', version: 2 };
		await load(triggerFlow(simulator, '', [trigger]), key());
		const out = inbox('out-t');
		await sample('events.bounce.hard');
		expect(await out.next()).toMatchObject({ payload: { source: 'log', sample: true, kind: 'hard-bounced' } });
	});

	it('is not stopped by filters, but the response says that a real one would be', async () => {
		const trigger = { id: 't', events: ['bounce'], filters: { bounce_type: 'hard' } };
		await withTriggers(trigger);
		const out = inbox('out-t');
		expect((await sample('events.bounce.soft')).value.passes).toBe(false);
		expect((await out.next()).topic).toBe('soft-bounced');
	});

	it('is remembered nowhere', async () => {
		await withTriggers({ id: 't', events: ['bounce'] });
		const out = inbox('out-t');
		await sample('events.bounce.hard');
		const { payload } = await out.next();
		const { seenEvents, arrivals, registration } = running();
		expect((await seenEvents.load()).list()).toEqual([]);
		expect((await seenEvents.load()).list()).not.toContain(fingerprintOf(payload as DeliveredEvent));
		expect((await arrivals.load()).list()).toEqual([]);
		expect(registration.lastEvent).toBeUndefined();
	});

	it('reaches no other trigger', async () => {
		await withTriggers({ id: 't', events: ['bounce'] }, { id: 'u', events: ['bounce'] });
		const [out, other] = [inbox('out-t'), inbox('out-u')];
		await sample('events.bounce.hard');
		await out.next();
		await delivered();
		expect(other.messages).toEqual([]);
	});

	it('is shown in the status as what it is', async () => {
		await withTriggers({ id: 't', events: ['bounce'] });
		await until(() => running().registration.hookState?.is === 'listening');
		const status = jest.spyOn(node('t'), 'status');
		await sample('events.bounce.hard');
		expect(JSON.stringify(status.mock.calls.at(-1))).toContain('status.lastEvent');
	});

	it.each([
		['events.open', 't', 'errors.noSample'],
		['events.__proto__', 't', 'errors.noSample'],
		['events.bounce.hard', 'gone', 'errors.noTrigger'],
	])('%s to %s is refused', async (kind, trigger, message) => {
		await withTriggers({ id: 't', events: ['bounce'] });
		const out = inbox('out-t');
		expect(await sample(kind, trigger)).toMatchObject({ ok: false, type: 'invalid', message });
		await delivered();
		expect(out.messages).toEqual([]);
	});
});
