/**
 * Deliveries around a deploy, and those of strangers, on a raw connection: with the editor elsewhere the nodes read the
 * body themselves.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { connect, type Socket } from 'node:net';
import { deriveToken } from '../../../api';
import { EventDispatcher } from '../../../node-red/runtime/events/event-dispatcher';
import { DEMO_API_KEY, type Simulator } from '../../../simulator';
import { triggerFlow } from '../support/flows';
import { delivered, deploy, inbox, key, load, node, until, type Web } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
let web: Web;
const sockets: Socket[] = [];
afterEach(() => {
	for (const socket of sockets.splice(0)) socket.destroy();
});
useNodeRed(
	(started) => {
		({ simulator, web } = started);
	},
	{ layout: 'editorElsewhere', deletesAll: true },
);

const token = deriveToken(DEMO_API_KEY, 'account');
const bounce = JSON.stringify({ event: 'bounce', bounce: 'hard', id: 'e1', rcpt: 'ann@example.org' });
const triggers = (name = '') => [
	{ id: 't', events: ['bounce'], name },
	{ id: 'u', events: ['bounce'] },
];
const flow = (name?: string) => triggerFlow(simulator, web.url, triggers(name));
const start = async () => {
	await load(flow(), key());
	await until(() => simulator.state.hooks.length === 1);
};
const post = async (body = bounce, authorization = `Bearer ${token}`) =>
	(
		await fetch(`${web.url}/smtp2go/account`, {
			method: 'POST',
			body,
			headers: { 'content-type': 'application/json', authorization },
		})
	).status;

/** A delivery in pieces. */
function open(length: number, authorization = `Bearer ${token}`) {
	const socket = connect(Number(new URL(web.url).port), '127.0.0.1');
	sockets.push(socket);
	let answer = '';
	socket.on('data', (chunk: Buffer) => {
		answer += chunk.toString();
	});
	socket.on('error', () => undefined);
	socket.write(
		`POST /smtp2go/account HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n` +
			`Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`,
	);
	return {
		write: (text: string) => {
			socket.write(text);
		},
		async status() {
			await until(() => answer.includes('\r\n'));
			return Number(answer.split(' ')[1]);
		},
	};
}

it.each(['full', 'nodes'] as const)(
	'an event whose body arrives during a deploy (%s) of its account is not lost: SMTP2GO retries, and it arrives once',
	async (type) => {
		await start();
		const delivery = open(bounce.length);
		delivery.write(bounce.slice(0, 20));
		await delivered();
		await deploy(triggerFlow(simulator, web.url, triggers(), { name: 'changed' }), type);
		const [out, other] = [inbox('out-t'), inbox('out-u')];
		delivery.write(bounce.slice(20));
		expect(await delivery.status()).toBe(503);
		expect([await post(), await post()]).toEqual([200, 200]);
		await delivered();
		expect([out.messages.length, other.messages.length]).toEqual([1, 1]);
	},
);

it('an event whose body arrives while its account is deleted gets 503, then 404, and arrives once the account is back', async () => {
	await start();
	const delivery = open(bounce.length);
	delivery.write(bounce.slice(0, 20));
	await delivered();
	await deploy([{ id: 'tab', type: 'tab', label: 'Empty' }]);
	delivery.write(bounce.slice(20));
	expect(await delivery.status()).toBe(503);
	expect(await post()).toBe(404);
	await deploy(flow(), 'full', key());
	await until(() => simulator.state.hooks.length === 1);
	const out = inbox('out-t');
	expect([await post(), await post()]).toEqual([200, 200]);
	await out.next();
	await delivered();
	expect(out.messages).toHaveLength(1);
});

it('an event of weeks ago is handed out with its own time, so that a flow can tell', async () => {
	await start();
	const out = inbox('out-t');
	const time = new Date(Date.now() - 40 * 24 * 60 * 60_000).toISOString();
	expect(await post(JSON.stringify({ ...(JSON.parse(bounce) as object), time }))).toBe(200);
	expect((await out.next()).payload).toMatchObject({ time });
});

it.each([
	['the trigger that has it was renamed', () => deploy(flow('renamed'), 'nodes')],
	['everything was deployed', () => deploy(flow(), 'full')],
])('an event that one of two triggers could not take comes to that one alone also after %s', async (_what, change) => {
	await start();
	const had = inbox('out-t');
	jest.spyOn(node('u'), 'send').mockImplementation(() => {
		throw new Error('Out of order');
	});
	expect(await post()).toBe(500);
	await had.next();
	jest.restoreAllMocks();
	await change();
	const [first, second] = [inbox('out-t'), inbox('out-u')];
	expect([await post(), await post()]).toEqual([200, 200]);
	await delivered();
	expect([first.messages.length, second.messages.length]).toEqual([0, 1]);
});

it('of 1,000 events that some could not take it is remembered who has them, and of no more', () => {
	const dispatcher = new EventDispatcher();
	const came: string[] = [];
	let isBroken = true;
	const taker = (id: string) => ({
		id,
		events: [],
		smsEvents: [],
		skipRepeated: true,
		filter: { bounceType: undefined, senders: [], subject: '', users: [], headers: [] },
		show: () => undefined,
		deliver: ({ event }: { event: { eventId: string } }) => {
			if (id === 'u' && isBroken) throw new Error('Out of order');
			came.push(`${id} ${event.eventId}`);
		},
	});
	const give = (eventId: string, recipient = 'ann@example.org') =>
		dispatcher.dispatch(
			[taker('t'), taker('u')] as never,
			{ event: { eventId, kind: 'hard-bounced', recipients: [recipient] } } as never,
			() => undefined,
		);
	for (let index = 0; index <= 1_000; index++) expect(give(`e${index}`)).toBe(false);
	isBroken = false;
	came.length = 0;
	expect(['e1', 'e1000', 'e0'].map((one) => give(one))).toEqual([true, true, true]);
	expect(came).toEqual(['u e1', 'u e1000', 't e0', 'u e0']);
	// The id of another event, as SMTP2GO's own repetitions are told apart: both get it.
	came.length = 0;
	expect(give('e2', 'bob@example.org')).toBe(true);
	expect(came).toEqual(['t e2', 'u e2']);
});

describe('who shows no secret', () => {
	it('is not heard out: the answer comes before the rest of what it sends', async () => {
		await start();
		const delivery = open(4_000_000, 'Bearer nobody');
		delivery.write(`{"event":"bounce","message":"${'x'.repeat(2_000)}`);
		expect(await delivery.status()).toBe(401);
	});

	it('may send nothing at all, as a probe does, but not 5,000 blanks', async () => {
		await start();
		expect([
			await post('', ''),
			await post(' '.repeat(900), ''),
			await post(' '.repeat(5_000), ''),
			await post(' '.repeat(5_000)),
		]).toEqual([200, 200, 401, 200]);
	});
});
