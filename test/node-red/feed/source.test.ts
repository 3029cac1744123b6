/** Where a trigger gets its events from. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { DEMO_API_KEY, type Simulator } from '../../../simulator';
import { deploy, inbox, key, load, logged, loggedErrors, until, type Web } from '../support/node-red';
import { eventsIn, logFlow, reader, searches, type Triggers } from '../support/log-flow';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
let web: Web;
useNodeRed(
	(started) => {
		({ simulator, web } = started);
	},
	{ deletesAll: true },
);

const start = async (triggers: Triggers = [reader()], more: object = {}, credentials = key()) => {
	await load(logFlow(simulator, triggers, more), credentials, { smtp2goTimes: { firstRetry: 50 } });
	return { out: inbox('out-t'), statuses: inbox('statuses'), caught: inbox('caught') };
};
const text = ({ messages }: ReturnType<typeof inbox>) => String(messages.at(-1)?.status?.['text']);
const isRead = (statuses: ReturnType<typeof inbox>) => until(() => text(statuses) === 'status.logRead');
const send = (to = 'bounce@example.com') =>
	fetch(`${simulator.apiUrl}/email/send`, {
		method: 'POST',
		headers: { 'X-Smtp2go-Api-Key': DEMO_API_KEY, 'content-type': 'application/json' },
		body: JSON.stringify({ sender: 'shop@shop.example', to: [to], subject: 'Hi', text_body: 'Hi' }),
	});

describe('a trigger that reads the activity log', () => {
	it('starts its flow with the event, and needs no webhook and no public address', async () => {
		const { out, statuses } = await start([reader('t', { events: ['bounce'] })]);
		await isRead(statuses);
		await send();
		await out.next();
		expect(eventsIn(out)).toEqual([
			expect.objectContaining({
				kind: 'hard-bounced',
				source: 'log',
				recipient: 'bounce@example.com',
				eventKey: expect.stringMatching(/^[\w-]{22}$/),
			}),
		]);
		expect(out.messages[0]?.topic).toBe('hard-bounced');
		expect(simulator.state.hooks).toEqual([]);
		await until(() => text(statuses) === 'status.lastEvent');
	});

	it('applies its filters and has its outputs', async () => {
		const filters = { filter_senders: 'other.example' };
		const { out, statuses } = await start([
			reader('t', { events: ['bounce', 'delivered'], filters }),
			reader('u', { events: ['bounce', 'delivered'], outputMode: 'event', wires: [[], ['out-u']] }),
		]);
		await isRead(statuses);
		const second = inbox('out-u');
		await send();
		await send('ann@example.org');
		await second.next();
		expect(eventsIn(second).map(({ kind }) => kind)).toEqual(['delivered']);
		expect(out.messages).toEqual([]);
	});

	it('that is added later starts from then, also if another one reads all the time', async () => {
		const { statuses } = await start();
		await isRead(statuses);
		await send();
		await inbox('out-t').next(2);
		await deploy(logFlow(simulator, [reader(), reader('u')]), 'nodes');
		const [first, second] = [inbox('out-t'), inbox('out-u')];
		await send('spam@example.com');
		await second.next(2);
		const recipients = (box: typeof first) => eventsIn(box).map(({ recipients: [one] }) => one);
		expect(recipients(second)).not.toContain('bounce@example.com');
		expect(recipients(first)).not.toContain('bounce@example.com');
	});

	it('gets another kind of event from when it asks for it', async () => {
		const { statuses } = await start([reader('t', { events: ['bounce'] })]);
		await isRead(statuses);
		await send();
		await inbox('out-t').next();
		// Times of the log have whole seconds.
		await new Promise((resolve) => setTimeout(resolve, 1_100));
		await deploy(logFlow(simulator, [reader('t', { events: ['bounce', 'processed'] })]), 'nodes');
		const out = inbox('out-t');
		await send();
		await out.next(2);
		expect(
			eventsIn(out)
				.map(({ kind }) => kind)
				.sort(),
		).toEqual(['hard-bounced', 'processed']);
	});

	it('says that text messages come by webhook only', async () => {
		await start([reader('t', { smsEvents: ['failed'] })]);
		expect(logged().join()).toContain('smsNeedsWebhook');
	});
});

describe('ten triggers', () => {
	it('make no more calls than one', async () => {
		const count = async (triggers: Triggers) => {
			const { statuses } = await start(triggers);
			await isRead(statuses);
			const before = searches(simulator);
			await until(() => searches(simulator) >= before + 2, 10_000);
			const made = simulator.state.requests.slice(-2);
			return { calls: searches(simulator) - before, made };
		};
		const { calls, made } = await count(
			Array.from({ length: 10 }, (_, index) =>
				reader(index === 0 ? 't' : `t${index}`, { events: [index % 2 === 0 ? 'bounce' : 'open'] }),
			),
		);
		expect(calls).toBe(2);
		expect(made.map(({ path }) => path)).toEqual(['/activity/search', '/activity/search']);
	});
});

describe('the source', () => {
	it.each([
		['the webhook, for a flow of version 1', { source: undefined, version: 1 }, true, 1, false],
		['the webhook, for a flow that does not say', { source: undefined, version: undefined }, true, 1, false],
		['the webhook, if it is automatic and there is a public address', { source: 'auto' }, true, 1, false],
		['the log, if it is automatic and there is none', { source: 'auto' }, false, 0, true],
		['both', { source: 'both' }, true, 1, true],
	])('is %s', async (_what, def, isPublic, hooks, reads) => {
		await load(logFlow(simulator, [reader('t', def)], { publicUrl: isPublic ? web.url : '' }), key());
		if (hooks > 0) await until(() => simulator.state.hooks.length === hooks);
		if (reads) await until(() => searches(simulator) > 0);
		else expect(searches(simulator)).toBe(0);
		expect(simulator.state.hooks).toHaveLength(hooks);
	});
});

describe('a fault', () => {
	it('that passes changes the status only, and nothing is lost', async () => {
		const { out, statuses, caught } = await start();
		await isRead(statuses);
		simulator.setFault({ path: '/activity/search', fault: 'error', status: 400, message: 'Not today', times: 2 });
		await send();
		await until(() => statuses.messages.some(({ status }) => status?.['fill'] === 'red'));
		await out.next(2);
		expect([caught.messages, loggedErrors()]).toEqual([[], []]);
	});

	it('that stays reaches the flow of each trigger once', async () => {
		const weak = simulator.addKey({ permissions: ['/email/send'] });
		const { caught, statuses } = await start([reader(), reader('u')], {}, key(weak));
		await caught.next(2);
		expect(caught.messages.map(({ topic, error }) => [topic, error?.['code']])).toEqual([
			['log-failed', 'SMTP2GO_PERMISSION'],
			['log-failed', 'SMTP2GO_PERMISSION'],
		]);
		expect(statuses.messages.at(-1)?.status).toMatchObject({ fill: 'red' });
	});

	it('of a page that breaks off half-way or a limit loses and doubles nothing', async () => {
		const { out, statuses } = await start();
		await isRead(statuses);
		simulator.setFault({ path: '/activity/search', fault: 'truncated', times: 1 });
		simulator.setFault({ path: '/activity/search', fault: 'rate-limit', times: 1, retryAfter: 1 });
		await send();
		await out.next(2, 10_000);
		const reads = searches(simulator);
		await until(() => searches(simulator) > reads + 1);
		expect(out.messages).toHaveLength(2);
	});
});
