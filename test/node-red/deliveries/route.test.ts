/** The route of all deliveries, with an account that is only what the route needs of it. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { once, EventEmitter } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Request, type Response } from 'express';
import { readDelivery, readFilter, SeenEvents } from '../../../api';
import type { Account } from '../../../node-red/runtime/account/account';
import { openDeliveryRoute } from '../../../node-red/runtime/deliveries/route';
import { Arrivals } from '../../../node-red/runtime/events/arrivals';
import { EventDispatcher } from '../../../node-red/runtime/events/event-dispatcher';
import type { Subscriber } from '../../../node-red/runtime/events/subscriber';
import type { Runtime } from '../../../node-red/runtime/platform/runtime';
import { onFlowsStarted } from '../../../node-red/runtime/state/flows';
import { addRunning, removeRunning } from '../../../node-red/runtime/state/process-state';

const bounce = { event: 'bounce', bounce: 'hard', id: 'e1', rcpt: 'ann@example.org', time: '2026-11-22T09:00:00Z' };
const BEARER = { authorization: 'Bearer secret' };

const app = express();
const events = new EventEmitter();
/** What was written to the log, and where the route was opened. */
const log: string[] = [];
let opened: ((request: Request, response: Response) => void)[] = [];
const httpNode = {
	all(paths: string[], handler: (request: Request, response: Response) => void) {
		opened.push(handler);
		app.all(paths, handler);
	},
};
const RED = { events, httpNode, log: { error: (text: string) => log.push(text) } } as unknown as Runtime;

let server: Server;
beforeAll(async () => {
	openDeliveryRoute(RED);
	onFlowsStarted(RED, () => undefined);
	server = createServer(app).listen(0, '127.0.0.1');
	await once(server, 'listening');
});
afterAll(async () => {
	server.closeAllConnections();
	server.close();
	await once(server, 'close');
});

/** A trigger, with the IDs of the events that it took. */
function trigger(id: string, more: Partial<Subscriber> = {}) {
	const taken: string[] = [];
	const one = {
		id,
		taken,
		isBroken: false,
		source: 'webhook',
		events: ['bounce'],
		smsEvents: ['delivered'],
		filter: readFilter({}),
		skipRepeated: true,
		deliver({ event }: { event: { eventId: string } }) {
			if (one.isBroken) throw new Error('Out of order');
			taken.push(event.eventId);
		},
		...more,
	};
	return one as unknown as Subscriber & { taken: string[]; isBroken: boolean };
}

/** An account whose lists are read from a slow store, and what became of it. */
function account(triggers: readonly Subscriber[], auth: object | undefined = { type: 'bearer', secret: 'secret' }) {
	const [done, noted]: [string[], string[]] = [[], []];
	const [seen, arrivals] = [new SeenEvents(), new Arrivals()];
	const memory = { dispatcher: new EventDispatcher(), arrivals: undefined as Arrivals | undefined };
	const later = () => new Promise(setImmediate);
	const made = {
		id: 'account',
		memory,
		hookSettings: { auth: auth as object | undefined },
		registration: {
			triggers,
			headers: [],
			confirm: () => void done.push('confirmed'),
			noteEvent: (kind: string) => void noted.push(kind),
			report: (thrown: unknown) => void done.push(`reported ${(thrown as Error).message}`),
		},
		seenEvents: {
			load: async () => {
				await later();
				return seen;
			},
			save: () => void done.push('saved seen'),
		},
		arrivals: {
			load: async () => {
				await later();
				await later();
				memory.arrivals = arrivals;
			},
			save: () => void done.push('saved arrivals'),
		},
	};
	addRunning(made as unknown as Account);
	return { made, done, noted, seen, arrivals };
}

beforeEach(() => {
	events.emit('flows:started');
	log.length = 0;
});

const at = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
const send = (body: string, headers: Record<string, string> = BEARER, path = '/smtp2go/account') =>
	fetch(at(path), { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
const post = async (event: object = bounce, headers?: Record<string, string>) =>
	(await send(JSON.stringify(event), headers)).status;

describe('the route', () => {
	it('is opened once for each application', () => {
		const before = opened.length;
		openDeliveryRoute(RED);
		expect(opened).toHaveLength(before);
		openDeliveryRoute({ ...RED, httpNode: { all: httpNode.all } } as unknown as Runtime);
		expect(opened).toHaveLength(before + 1);
		opened = opened.slice(0, before);
	});

	it('starts nothing for a probe', async () => {
		const one = trigger('t');
		const { done } = account([one]);
		for (const method of ['GET', 'HEAD', 'POST'])
			expect([method, (await fetch(at('/smtp2go/account'), { method })).status]).toEqual([method, 200]);
		expect((await send('{}')).status).toBe(200);
		expect(done).toEqual([]);
		expect(one.taken).toEqual([]);
	});

	it('takes no other method', async () => {
		account([trigger('t')]);
		const response = await fetch(at('/smtp2go/account'), { method: 'PUT', body: '{}', headers: BEARER });
		expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
	});

	it('knows no account that does not run, and says so only while the flows run', async () => {
		const { made } = account([]);
		removeRunning(made as unknown as Account);
		expect(await post()).toBe(404);
		events.emit('flows:stopping');
		expect(await post()).toBe(503);
	});

	it('answers 500 to what goes wrong unexpectedly, and logs it', async () => {
		const { made } = account([trigger('t')]);
		made.registration.confirm = () => {
			throw new Error('A bug');
		};
		expect(await post()).toBe(500);
		expect(log).toEqual(['[smtp2go-account] A bug']);
	});

	it('does not answer a second time if something goes wrong after the response', async () => {
		account([]);
		const ends: number[] = [];
		const response = {
			headersSent: true,
			status: () => response,
			end: () => {
				ends.push(1);
				throw new Error('A late bug');
			},
		};
		opened[0]?.({ method: 'GET', params: { account: 'account' } } as never, response as unknown as Response);
		await new Promise(setImmediate);
		expect(ends).toEqual([1]);
		expect(log).toEqual(['[smtp2go-account] A late bug']);
	});
});

describe('a delivery is accepted only with', () => {
	it.each<[string, object | undefined, Record<string, string>, string, number]>([
		['the token in the header', { type: 'bearer', secret: 'secret' }, BEARER, '', 200],
		['another token', { type: 'bearer', secret: 'secret' }, { authorization: 'Bearer other' }, '', 401],
		['no token', { type: 'bearer', secret: 'secret' }, {}, '', 401],
		['the token in the path', { type: 'bearer', secret: 'secret' }, {}, '/secret', 401],
		['the token in both places', { type: 'bearer', secret: 'secret' }, BEARER, '/secret', 401],
		['basic: the secret in the path', { type: 'basic', secret: 'secret' }, {}, '/secret', 200],
		['basic: another one in the path', { type: 'basic', secret: 'secret' }, {}, '/other', 401],
		['basic: the secret in the header', { type: 'basic', secret: 'secret' }, BEARER, '', 401],
	])('%s', async (_what, auth, headers, path, status) => {
		const one = trigger('t');
		const { done } = account([one], auth);
		expect((await send(JSON.stringify(bounce), headers, `/smtp2go/account${path}`)).status).toBe(status);
		expect(one.taken).toEqual(status === 200 ? ['e1'] : []);
		expect(done).toEqual(status === 200 ? ['confirmed', 'saved seen'] : []);
	});

	it('a key: without one, nothing is', async () => {
		const { made } = account([trigger('t')]);
		made.hookSettings.auth = undefined;
		expect(await post()).toBe(401);
		expect(await post(bounce, { authorization: 'Bearer undefined' })).toBe(401);
	});
});

describe('a body', () => {
	it.each<[string, string, Record<string, string>, number, string | null]>([
		['of 1,000 bytes without the token', ' '.repeat(1_000), {}, 200, 'keep-alive'],
		['of 1,001 bytes without the token', ' '.repeat(1_001), {}, 401, null],
		['of 5,000,000 bytes', ' '.repeat(5_000_000), BEARER, 200, null],
		['of 5,000,001 bytes', ' '.repeat(5_000_001), BEARER, 413, null],
		['that is no JSON', 'bounce', BEARER, 400, 'keep-alive'],
		['that names no event', '{"id":"e1"}', BEARER, 200, 'keep-alive'],
	])('%s', async (_what, body, headers, status, connection) => {
		const one = trigger('t');
		account([one]);
		const response = await send(body, headers);
		expect(response.status).toBe(status);
		if (connection !== null) expect(response.headers.get('connection')).toBe(connection);
		expect(one.taken).toEqual([]);
	});

	it('whose rest is not read ends the connection', async () => {
		account([trigger('t')]);
		const response = await send('x'.repeat(8_000_000), {});
		expect([response.status, response.headers.get('connection')]).toEqual([401, 'close']);
	});
});

describe('an event', () => {
	it('goes to the triggers that asked for it', async () => {
		const [one, two] = [trigger('t'), trigger('u', { events: ['open'] })];
		const { done, noted } = account([one, two]);
		expect(await post()).toBe(200);
		expect(noted).toEqual(['hard-bounced']);
		expect([one.taken, two.taken]).toEqual([['e1'], []]);
		expect(done).toEqual(['confirmed', 'saved seen']);
	});

	it('that nobody asked for is not remembered', async () => {
		const triggers = [trigger('t', { events: ['open'] })];
		const { done } = account(triggers);
		expect(await post()).toBe(200);
		expect(done).toEqual(['confirmed']);
		const late = trigger('u');
		triggers.push(late);
		expect(await post()).toBe(200);
		expect(late.taken).toEqual(['e1']);
	});

	it('that comes again goes to triggers that want duplicates only, and is not written again', async () => {
		const [one, two] = [trigger('t'), trigger('u', { skipRepeated: false })];
		const { done } = account([one, two]);
		expect([await post(), await post()]).toEqual([200, 200]);
		expect([one.taken, two.taken]).toEqual([['e1'], ['e1', 'e1']]);
		expect(done).toEqual(['confirmed', 'saved seen', 'confirmed']);
	});

	it('is refused while a deploy stops and starts the flows, and if it replaced the account meanwhile', async () => {
		const one = trigger('t');
		const { made, done } = account([one]);
		events.emit('flows:stopping');
		expect(await post()).toBe(503);
		events.emit('flows:started');
		made.seenEvents.load = async () => {
			account([]);
			return new SeenEvents();
		};
		expect(await post()).toBe(503);
		expect(one.taken).toEqual([]);
		expect(done).toEqual([]);
	});

	it('that a trigger could not take is reported and comes again', async () => {
		const [one, two] = [trigger('t'), trigger('u')];
		const { done } = account([one, two]);
		two.isBroken = true;
		expect(await post()).toBe(500);
		expect(done).toEqual(['confirmed', 'reported Out of order']);
		two.isBroken = false;
		expect(await post()).toBe(200);
		expect([one.taken, two.taken]).toEqual([['e1'], ['e1']]);
	});

	it('that comes again and then cannot be taken still is a duplicate', async () => {
		const [one, two] = [trigger('t'), trigger('u', { skipRepeated: false })];
		const { seen } = account([one, two]);
		await post();
		two.isBroken = true;
		expect(await post()).toBe(500);
		expect(seen.list()).toHaveLength(1);
		two.isBroken = false;
		expect(await post()).toBe(200);
		expect([one.taken, two.taken]).toEqual([['e1'], ['e1', 'e1']]);
	});
});

describe('a trigger with both sources', () => {
	const read = () => {
		const delivery = readDelivery(bounce, []);
		if (delivery === undefined) throw new Error('It names an event');
		return delivery.event;
	};

	it('gets an event that the log has not reported, and its source is remembered', async () => {
		const one = trigger('t', { source: 'both' });
		const { done, arrivals } = account([one]);
		expect(await post()).toBe(200);
		expect(one.taken).toEqual(['e1']);
		expect(done).toEqual(['confirmed', 'saved seen', 'saved arrivals']);
		expect(arrivals.list()).toEqual([expect.stringMatching(/ 1 0 \d+$/)]);
	});

	it('does not get an event that the log has reported; a trigger of the webhook alone does', async () => {
		const [one, two] = [trigger('t', { source: 'both' }), trigger('u')];
		const { arrivals } = account([one, two]);
		arrivals.fromLog(read());
		expect(await post()).toBe(200);
		expect([one.taken, two.taken]).toEqual([[], ['e1']]);
	});

	it('gets an event although nothing is known of the log', async () => {
		const one = trigger('t', { source: 'both' });
		const { made } = account([one]);
		made.arrivals.load = () => Promise.resolve();
		expect(await post()).toBe(200);
		expect(one.taken).toEqual(['e1']);
		one.isBroken = true;
		expect(await post({ ...bounce, id: 'e2' })).toBe(500);
		expect(log).toEqual([]);
	});

	it.each([
		['a text message, because the log has no text messages', 'both', { event: 'sms_delivered', id: 's1' }],
		['an event without such a trigger', 'webhook', bounce],
	] as const)('is not counted: %s', async (_what, source, event) => {
		const one = trigger('t', { source });
		const { done, arrivals } = account([one]);
		expect(await post(event)).toBe(200);
		expect(one.taken).toHaveLength(1);
		expect(arrivals.list()).toEqual([]);
		expect(done).toEqual(['confirmed', 'saved seen']);
	});

	it('counts an event once, however often it is delivered and whether or not a trigger can take it', async () => {
		const [one, two] = [trigger('t', { source: 'both' }), trigger('u', { skipRepeated: false })];
		const { done, arrivals } = account([one, two]);
		two.isBroken = true;
		expect(await post()).toBe(500);
		expect(arrivals.list()).toEqual([expect.stringMatching(/ 0 0 \d+$/)]);
		expect(done).not.toContain('saved arrivals');
		two.isBroken = false;
		expect(await post()).toBe(200);
		two.isBroken = true;
		expect(await post()).toBe(500);
		expect(arrivals.list()).toEqual([expect.stringMatching(/ 1 0 \d+$/)]);
		expect(one.taken).toEqual(['e1']);
	});
});
