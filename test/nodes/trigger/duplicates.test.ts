/** Events that SMTP2GO delivers again: never lost, and within one process never taken twice. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readDelivery, type DeliveredEvent } from '../../../api';
import { receive, receivedBy } from '../../../nodes/Smtp2go/trigger/duplicates';
import { useAccount } from '../support/account';
import { Trigger } from '../support/trigger';

const account = useAccount({ probe: 'none' });
let number = 0;

const body = (id: string, more: object = {}) =>
	JSON.stringify({ event: 'bounce', bounce: 'hard', rcpt: 'jane@example.com', id, ...more });

/** A trigger in its own workflow, so that no test sees the events of another. */
async function active(options: object = { skipRepeated: true }, setup: object = {}): Promise<Trigger> {
	const trigger = new Trigger({
		credentials: account.credentials,
		parameters: { events: ['bounce'], options: options as never },
		workflowId: `w${++number}`,
		...setup,
	});
	await trigger.activate();
	return trigger;
}

const starts = async (trigger: Trigger, id: string, more: object = {}) =>
	(await trigger.deliverSigned(body(id, more))).result.workflowData !== undefined;

test('a repeated event is answered 200 and starts nothing', async () => {
	const trigger = await active();
	(await trigger.deliverSigned(body('a'))).answer();
	expect(await trigger.deliverSigned(body('a'))).toMatchObject({ status: undefined, result: {} });
	expect(await starts(trigger, 'a')).toBe(false);
	expect(await starts(trigger, 'b')).toBe(true);
});

test('without the option every delivery starts the workflow', async () => {
	const trigger = await active({});
	expect([await starts(trigger, 'a'), await starts(trigger, 'a')]).toEqual([true, true]);
});

test.each([201, 302, 400, 401, 403, 404, 413, 422, 429, 500, 503])(
	'an event whose first delivery n8n answered by %i is taken the second time',
	async (status) => {
		const trigger = await active();
		(await trigger.deliverSigned(body('a'))).answer(status);
		const second = await trigger.deliverSigned(body('a'));
		expect(second.result.workflowData).toHaveLength(1);
		second.answer();
		expect(await starts(trigger, 'a')).toBe(false);
	},
);

test('a duplicate gets 503 while n8n is still taking the first event, even if its caller has hung up', async () => {
	const trigger = await active();
	const first = await trigger.deliverSigned(body('a'));
	expect((await trigger.deliverSigned(body('a'))).status).toBe(503);
	first.hangUp();
	expect((await trigger.deliverSigned(body('a'))).status).toBe(503);
	first.answer();
	expect(await trigger.deliverSigned(body('a'))).toMatchObject({ status: undefined, result: {} });
});

test('a test event of SMTP2GO is never skipped, since its ids are always the same', async () => {
	const trigger = await active();
	const test = { subject: 'Mail test - please ignore' };
	(await trigger.deliverSigned(body('a', test))).answer();
	expect([await starts(trigger, 'a', test), await starts(trigger, 'a', test)]).toEqual([true, true]);
});

test('an event that nobody asked for, or that is refused, does not count', async () => {
	const trigger = await active({ skipRepeated: true, filterSubject: 'order' });
	expect(await starts(trigger, 'a', { subject: 'other' })).toBe(false);
	expect((await trigger.deliver(body('a', { subject: 'order' }))).status).toBe(401);
	expect(await starts(trigger, 'a', { subject: 'order' })).toBe(true);
});

test('the test listener starts as often as one likes, and two workflows do not disturb each other', async () => {
	const listener = await active({ skipRepeated: true }, { isTest: true });
	(await listener.deliverSigned(body('a'))).answer();
	expect(await starts(listener, 'a')).toBe(true);
	expect(await starts(await active(), 'a')).toBe(true);
});

test('the id stays the same over repetitions, in JSON and as a form, also where SMTP2GO sent none', async () => {
	const trigger = await active({});
	const idOf = async (text: string, type: string) =>
		(await trigger.deliverSigned(text, { 'content-type': type })).result.workflowData?.[0]?.[0]?.json['eventId'];
	const anonymous = { event: 'bounce', bounce: 'hard', rcpt: 'jane@example.com' };
	const event = { ...anonymous, id: 'c'.repeat(32) };
	const form = (values: Record<string, string>) => new URLSearchParams(values).toString();
	expect([
		await idOf(JSON.stringify(event), 'application/json'),
		await idOf(form(event), 'application/x-www-form-urlencoded'),
	]).toEqual([event.id, event.id]);
	const ids = [
		await idOf(JSON.stringify(anonymous), 'application/json'),
		await idOf(JSON.stringify(anonymous), 'application/json'),
		await idOf(form(anonymous), 'application/x-www-form-urlencoded'),
	];
	expect(new Set(ids).size).toBe(1);
});

test('memory is bounded: in a trigger, over all triggers, and of responses whose callers hung up', () => {
	const received = receivedBy('bounded');
	const event = (id: string) => readDelivery({ event: 'bounce', id }, [])?.event as DeliveredEvent;
	const ended = () => ({ once: () => undefined as never, statusCode: 200, writableEnded: true });
	for (let index = 0; index < 12_000; index++) receive(received, event(`e${index}`), ended());
	expect(receive(received, event('e11999'), ended())).toBe('duplicate');
	expect(receive(received, event('e0'), ended())).toBe('new');
	expect(received.open.size).toBeLessThanOrEqual(1_001);
	const first = receivedBy('t0');
	for (let index = 1; index <= 100; index++) receivedBy(`t${index}`);
	expect(receivedBy('t0')).not.toBe(first);
	expect(receivedBy('t50')).toBe(receivedBy('t50'));
});

test('a real response of Node tells the same: also after the caller hung up', async () => {
	const received = receivedBy('real');
	const event = readDelivery({ event: 'bounce', id: 'a' }, [])?.event as DeliveredEvent;
	const responses: ServerResponse[] = [];
	const server = createServer((_, response) => {
		responses.push(response);
	}).listen(0, '127.0.0.1');
	await new Promise((resolve) => {
		server.once('listening', resolve);
	});
	const call = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', method: 'POST' });
	call.once('error', () => undefined);
	call.end();
	while (responses.length === 0)
		await new Promise((resolve) => {
			setTimeout(resolve, 5);
		});
	const [response] = responses as [ServerResponse];
	expect(receive(received, event, response as never)).toBe('new');
	const closed = new Promise((resolve) => {
		response.once('close', resolve);
	});
	call.destroy();
	await closed;
	expect(receive(received, event, response as never)).toBe('inProgress');
	response.statusCode = 200;
	response.end('OK');
	expect(receive(received, event, response as never)).toBe('duplicate');
	await new Promise((resolve) => {
		server.close(resolve);
	});
});
