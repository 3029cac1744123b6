/** The outcome node: which email goes to which output, by the webhook and from the activity log. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Simulator } from '../../../simulator';
import { hookSettled, inbox, key, logged, loggedErrors, until, type Web } from '../support/node-red';
import { searches } from '../support/log-flow';
import { outcomeFlow, outcomeIn, sendTo, startOutcome, statusText, wait } from '../support/outcome-flow';
import { useNodeRed } from '../support/use-node-red';

const ANN = 'ann@example.org';
const BOB = 'bob@example.org';

let simulator: Simulator;
let web: Web;
useNodeRed(
	(started) => {
		({ simulator, web } = started);
	},
	{ deletesAll: true },
);

type Times = Record<string, number>;
/** A node whose account has a webhook. */
const withHook = async (def: object = {}, times: Times = {}) => {
	const boxes = await startOutcome(outcomeFlow(simulator, def, { publicUrl: web.url }), { smtp2goTimes: times });
	await until(() => simulator.state.hooks.length === 1);
	await hookSettled();
	return boxes;
};
/** A node whose account has none. */
const withLog = (def: object = {}, times: Times = {}) =>
	startOutcome(outcomeFlow(simulator, def), { smtp2goTimes: times });

/** The first part of an email ID: the seconds since 1970 in base 62. */
function idTime(moment: number): string {
	const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
	let text = '';
	for (let rest = moment / 1000; text.length < 6; rest = Math.floor(rest / 62)) text = `${digits[rest % 62]}${text}`;
	return text;
}
/** Waits until the flow's account has the event. */
const bounceArrived = () =>
	simulator.waitFor(({ deliveries }) =>
		deliveries.some(({ event, status }) => event === 'bounce' && status === 'delivered'),
	);

describe('by the webhook', () => {
	it('a delivered email continues with its message unchanged, and its outcome', async () => {
		const { delivered, failed, timedOut, statuses } = await withHook();
		const sent = await sendTo(simulator, ANN);
		wait(sent, { topic: 'Invoice' });
		const message = await delivered.next();
		expect(message).toMatchObject({ payload: sent, order: 17, topic: 'Invoice' });
		expect(outcomeIn(message)).toMatchObject({
			emailId: sent.emailId,
			outcome: 'delivered',
			recipients: [{ address: ANN, outcome: 'delivered' }],
		});
		await until(() => statuses.messages.some(({ status }) => status?.['text'] === 'status.lastEvent'));
		expect([failed.messages, timedOut.messages, searches(simulator)]).toEqual([[], [], 0]);
	});

	it('asks for the events that it needs, and no others', async () => {
		await withHook();
		expect(simulator.state.hooks[0]?.events.sort()).toEqual(['bounce', 'delivered', 'reject', 'spam']);
	});

	it('an event that was faster than the message counts', async () => {
		const { failed } = await withHook();
		const sent = await sendTo(simulator, 'bounce@example.com');
		await bounceArrived();
		wait(sent);
		expect(outcomeIn(await failed.next())).toMatchObject({
			outcome: 'hard-bounced',
			reason: expect.stringContaining('user unknown'),
		});
	});

	it('an email is delivered when all its recipients have it, and failed with the first who cannot', async () => {
		const { delivered, failed } = await withHook();
		const [both, one] = await Promise.all([
			sendTo(simulator, ANN, BOB),
			sendTo(simulator, ANN, 'bounce@example.com'),
		]);
		wait(both);
		wait(one);
		expect(outcomeIn(await failed.next())['emailId']).toBe(one.emailId);
		expect(outcomeIn(await delivered.next())).toMatchObject({
			emailId: both.emailId,
			recipients: [{ outcome: 'delivered' }, { outcome: 'delivered' }],
		});
	});

	it('the log is read for what the webhook does not report in time', async () => {
		const { delivered } = await withHook({}, { grace: 200 });
		const [hook] = simulator.state.hooks;
		if (hook) hook.disabled = true;
		wait(await sendTo(simulator, ANN));
		expect(outcomeIn(await delivered.next())).toMatchObject({ outcome: 'delivered' });
		expect(searches(simulator)).toBeGreaterThan(0);
	});

	it('that cannot be registered is replaced by the log, and the node says so', async () => {
		const weak = simulator.addKey({ permissions: ['/email/send', '/activity/search'] });
		const boxes = await startOutcome(outcomeFlow(simulator, {}, { publicUrl: web.url }), {}, key(weak));
		await until(() => statusText(boxes) === 'outcome.status.noWebhook');
		expect(logged().join()).toContain('outcome.errors.logInstead');
		wait(await sendTo(simulator, ANN));
		expect(outcomeIn(await boxes.delivered.next())).toMatchObject({ outcome: 'delivered' });
	});

	it('that cannot be registered is an error of a node that has no other source', async () => {
		const weak = simulator.addKey({ permissions: ['/email/send'] });
		const { caught, statuses } = await startOutcome(
			outcomeFlow(simulator, { source: 'webhook' }, { publicUrl: web.url }),
			{},
			key(weak),
		);
		expect(await caught.next()).toMatchObject({ topic: 'webhook-failed', error: { code: 'SMTP2GO_PERMISSION' } });
		await until(() => statuses.messages.at(-1)?.status?.['fill'] === 'red');
		expect(searches(simulator)).toBe(0);
	});
});

describe('from the activity log', () => {
	it('outcomes come without a webhook, and nothing is read while no email waits', async () => {
		const { delivered, failed } = await withLog();
		const before = searches(simulator);
		wait(await sendTo(simulator, ANN));
		wait(await sendTo(simulator, 'bounce@example.com'));
		expect(outcomeIn(await delivered.next())).toMatchObject({ outcome: 'delivered' });
		expect(outcomeIn(await failed.next())).toMatchObject({ outcome: 'hard-bounced' });
		const after = searches(simulator);
		await new Promise((resolve) => {
			setTimeout(resolve, 1_500);
		});
		expect([before, searches(simulator) - after, simulator.state.hooks]).toEqual([0, 0, []]);
	});

	it('what happened before the message arrived counts, also the second time', async () => {
		const { delivered } = await withLog();
		const sent = await sendTo(simulator, ANN);
		wait(sent);
		await delivered.next();
		wait(sent, { order: 18 });
		expect(await delivered.next(2)).toMatchObject({ order: 18, outcome: { outcome: 'delivered' } });
	});

	it('is read from the time in the ID of an email, however long the flow took before it waits', async () => {
		await withLog();
		const hour = Math.floor((Date.now() - 3_600_000) / 1000) * 1000;
		wait({ emailId: `${idTime(hour)}-abcdefghijk-abcd`, to: [ANN] });
		const request = await simulator.waitFor(({ requests }) =>
			requests.find(({ path }) => path === '/activity/search'),
		);
		const start = Date.parse((JSON.parse(request.body) as { start_date: string }).start_date);
		expect(start).toBeLessThanOrEqual(hour);
		expect(start).toBeGreaterThan(hour - 3_600_000);
	});

	it('that the key cannot read is reported once', async () => {
		const weak = simulator.addKey({ permissions: ['/email/send'] });
		const { caught, statuses } = await startOutcome(outcomeFlow(simulator), {}, key(weak));
		const sent = await sendTo(simulator, ANN);
		wait(sent);
		wait(sent);
		expect(await caught.next()).toMatchObject({ topic: 'log-failed', error: { code: 'SMTP2GO_PERMISSION' } });
		await until(() => statuses.messages.at(-1)?.status?.['fill'] === 'red');
		expect(caught.messages).toHaveLength(1);
	});
});

describe('the limits', () => {
	it('an email without news times out', async () => {
		const boxes = await withHook({ source: 'webhook', limit: '0.005' });
		wait({ emailId: '1abcde-abcdefghijk-abcd', to: [ANN] });
		expect(outcomeIn(await boxes.timedOut.next())).toMatchObject({
			outcome: 'pending',
			final: false,
			recipients: [{ address: ANN, outcome: 'pending' }],
		});
	});

	it('a soft bounce has its own', async () => {
		const { failed } = await withHook([{ softLimit: '0' }]);
		wait(await sendTo(simulator, 'soft-bounce@example.com'));
		expect(outcomeIn(await failed.next())).toMatchObject({
			outcome: 'soft-bounced',
			reason: expect.stringContaining('mailbox full'),
		});
	});

	it('a soft bounce without one waits, and a later delivery counts', async () => {
		const { failed, delivered } = await withHook();
		const sent = await sendTo(simulator, 'soft-bounce@example.com');
		wait(sent);
		await bounceArrived();
		simulator.raise('delivered', { emailId: sent.emailId });
		expect(outcomeIn(await delivered.next())).toMatchObject({ outcome: 'delivered' });
		expect(failed.messages).toEqual([]);
	});

	it.each([
		['limit', { limit: 'soon' }],
		['softLimit', { softLimit: '-1' }],
	])('that are not valid are an error of each message: %s', async (name, def) => {
		const { caught } = await withLog(def);
		wait({ emailId: 'x' });
		expect((await caught.next()).error).toMatchObject({
			code: 'SMTP2GO_INVALID',
			message: expect.stringContaining(`outcome.errors.${name}`),
		});
	});
});

describe('a batch', () => {
	it('becomes one message per email, which a Join node can join', async () => {
		const { delivered, failed } = await withHook();
		const [good, bad] = await Promise.all([sendTo(simulator, ANN), sendTo(simulator, 'bounce@example.com')]);
		const refused = { ok: false, type: 'rejected', message: 'Not a verified sender', to: [BOB] };
		wait([{ ok: true, ...good }, refused, { ok: true, ...bad }], { parts: { id: 'outer', index: 3 } });
		await failed.next(2);
		const all = [await delivered.next(), ...failed.messages];
		const parts = all.map((one) => (one as unknown as { parts: Record<string, unknown> }).parts);
		expect(new Set(parts.map(({ id }) => id)).size).toBe(1);
		expect(parts.map(({ index }) => index).sort()).toEqual([0, 1, 2]);
		expect(parts[0]).toMatchObject({ count: 3, type: 'array', parts: { id: 'outer', index: 3 } });
		expect(delivered.messages[0]).toMatchObject({ payload: good, order: 17 });
		const ofRefused = failed.messages.find(({ payload }) => (payload as { ok: boolean }).ok === false);
		expect(outcomeIn(ofRefused ?? {})).toMatchObject({
			emailId: null,
			outcome: 'rejected',
			reason: 'Not a verified sender',
		});
	});

	it('leaves out skipped duplicates, because the email to their address was sent', async () => {
		const { delivered, failed } = await withHook();
		const good = await sendTo(simulator, ANN);
		const skipped = { ok: false, skipped: true, to: [ANN], message: 'Why', reason: null, since: null };
		wait([good, { ...skipped, problem: 'duplicate' }, { ...skipped, to: [BOB], problem: 'suppressed' }]);
		await delivered.next();
		expect(outcomeIn(await failed.next())).toMatchObject({ outcome: 'rejected', recipients: [{ address: BOB }] });
		expect(failed.messages).toHaveLength(1);
		expect(failed.messages[0]).toMatchObject({ parts: { count: 2 } });
	});

	it('of email IDs works too, and entries without one are left out', async () => {
		const { delivered } = await withHook({ sent: { type: 'msg', value: 'result.ids' } });
		const { emailId } = await sendTo(simulator, ANN);
		wait('kept', { result: { ids: [emailId, null], other: 1 } });
		expect(await delivered.next()).toMatchObject({ payload: 'kept', result: { ids: emailId, other: 1 } });
		expect(logged().join()).toContain('outcome.errors.withoutId');
	});
});

describe('a message', () => {
	it.each([
		['without an email ID', { ok: true }, 'noEmail'],
		['of a scheduled email', { emailId: null, scheduleId: 's1' }, 'scheduled'],
		['with an empty list', [], 'noEmail'],
	])('%s is an error', async (_what, payload, name) => {
		const { caught } = await withLog();
		wait(payload);
		expect((await caught.next()).error).toMatchObject({
			message: expect.stringContaining(`outcome.errors.${name}`),
		});
		expect(loggedErrors()).toEqual([]);
	});

	it('with more emails than an account keeps is an error, and waits for none of them', async () => {
		const boxes = await withLog();
		wait(Array.from({ length: 10_001 }, (_, index) => `1abcde-${index}`));
		expect((await boxes.caught.next()).error).toMatchObject({
			message: expect.stringContaining('outcome.errors.tooMany'),
		});
		expect(inbox('out0').messages).toEqual([]);
	});
});
