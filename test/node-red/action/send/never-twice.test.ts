/**
 * Every fault of the network and of SMTP2GO, on the real wire, by what an operation does: how often it took effect, and
 * what the user reads.
 */
import { findOperation, run, type Connection, type Host, type Operation } from '../../../../api';
import { toNodeError } from '../../../../node-red/runtime/platform/errors';
import { createHost } from '../../../../node-red/runtime/connection/host';
import { DEMO_API_KEY, startSimulator, type Fault, type Simulator } from '../../../../simulator';
import { Wire, type Break } from '../../support/wire';

let simulator: Simulator;
let wire: Wire;
beforeAll(async () => {
	simulator = await startSimulator({ eventDelayMs: 0, probe: 'none', demo: true });
	wire = await Wire.start(simulator.port);
});
afterAll(async () => {
	await wire.stop();
	await simulator.stop();
});
beforeEach(async () => {
	wire.breakAt(undefined);
	// Once a new connection has come through, the node's side knows that the earlier ones are closed.
	await (await fetch(`http://${wire.host}/`, { headers: { connection: 'close' } })).arrayBuffer();
	simulator.reset();
	simulator.clearFaults();
});

function operationOf(resource: string, key: string): Operation {
	const operation = findOperation(resource, key);
	if (!operation) throw new Error(`There is no ${resource}.${key}`);
	return operation;
}

const mail = { sender: 'shop@example.com', to: ['ann@example.org'], subject: 'Hi', text_body: 'Hello' };

/** One operation of each effect, its values, and how often it took effect, read from what the simulator holds. */
const subjects = {
	reads: { operation: operationOf('template', 'getAll'), values: {}, effects: () => 0 },
	writes: {
		operation: operationOf('webhook', 'create'),
		values: { url: 'https://flows.example.com/hook', events: ['bounce'] },
		effects: () => simulator.state.hooks.length,
	},
	sends: { operation: operationOf('email', 'send'), values: mail, effects: () => simulator.state.emails.length },
	batch: {
		operation: operationOf('email', 'sendBatch'),
		values: { emails: [mail] },
		effects: () => simulator.state.emails.length,
	},
	destroys: {
		operation: operationOf('template', 'delete'),
		values: () => ({ id: simulator.state.templates[0]?.id }),
		effects: () => templatesGone(),
	},
};
type Subject = keyof typeof subjects;

let templatesBefore = 0;
const templatesGone = () => templatesBefore - simulator.state.templates.length;

/** Node-RED's own transport, with a short patience and pauses that are over at once. */
function connection(baseUrl: string, timeoutMs: number): Connection {
	const real = createHost({ apiKey: DEMO_API_KEY, proxyFor: () => undefined });
	const host: Host = {
		...real,
		send: (request) => real.send({ ...request, timeoutMs }),
		sleep: () => Promise.resolve(),
	};
	return { host, baseUrl };
}

interface Seen {
	readonly code: string | undefined;
	readonly effects: number;
	readonly message: string;
}

/** Runs one operation once, and tells what the user sees and how often it took effect. */
async function seen(which: Subject, baseUrl = `http://${wire.host}/v3`, timeoutMs = 400): Promise<Seen> {
	const { operation, values, effects } = subjects[which];
	templatesBefore = simulator.state.templates.length;
	const given = typeof values === 'function' ? values() : values;
	const result = await run(connection(baseUrl, timeoutMs), operation, given);
	const error = result.ok ? undefined : (toNodeError(result.error) as Error & { code?: string });
	return { code: error?.code, effects: effects(), message: error?.message ?? '' };
}

const changing: readonly Subject[] = ['writes', 'sends', 'batch', 'destroys'];
const all: readonly Subject[] = ['reads', ...changing];

describe('what provably never arrived is tried again, and says so in the end', () => {
	const places: [string, string, RegExp][] = [
		['refused', 'http://127.0.0.1:1/v3', /could not be reached \(connection refused\).*Nothing was sent/s],
		[
			'an unknown name',
			'http://smtp2go.invalid/v3',
			/could not be reached \((hostname not found|DNS lookup failed)\).*Nothing was sent/s,
		],
	];
	it.each(places.flatMap(([what, url, sentence]) => all.map((which) => [what, which, url, sentence] as const)))(
		'%s: %s',
		async (_what, which, url, sentence) => {
			expect(await seen(which, url, 5_000)).toEqual({
				code: 'SMTP2GO_UNREACHABLE',
				effects: 0,
				message: expect.stringMatching(sentence),
			});
		},
	);

	it.each(all)('a line that never stands (TLS, time-out before the request left): %s', async (which) => {
		wire.breakAt('silent');
		expect(await seen(which, `https://${wire.host}/v3`, 100)).toMatchObject({
			code: 'SMTP2GO_UNREACHABLE',
			effects: 0,
		});
	});
});

/** What breaks: on the line, or by the simulator before or after the call took effect. */
type Trouble = { readonly line: Break } | { readonly fault: Omit<Fault, 'path' | 'times'> };

/** Faults that leave the outcome unknown, and whether the call took effect. */
const lost: [string, Trouble, 0 | 1][] = [
	['reset before the request was read', { line: 'before' }, 0],
	['reset while the request travels', { line: 'during' }, 0],
	['reset when the answer comes', { line: 'after' }, 1],
	['time-out without effect', { fault: { fault: 'timeout' } }, 0],
	['time-out after it took effect', { fault: { fault: 'timeout', when: 'after' } }, 1],
	['reset by the server, without effect', { fault: { fault: 'reset' } }, 0],
	['reset by the server, after it took effect', { fault: { fault: 'reset', when: 'after' } }, 1],
	...[500, 502, 503, 504].flatMap((status): [string, Trouble, 0 | 1][] => [
		[`${status} without effect`, { fault: { fault: 'server-error', status } }, 0],
		[`${status} after it took effect`, { fault: { fault: 'server-error', status, when: 'after' } }, 1],
	]),
	['an answer that breaks off, without effect', { fault: { fault: 'truncated' } }, 0],
	['an answer that breaks off, after it took effect', { fault: { fault: 'truncated', when: 'after' } }, 1],
	['an answer that is not JSON, without effect', { fault: { fault: 'not-json' } }, 0],
	['an answer that is not JSON, after it took effect', { fault: { fault: 'not-json', when: 'after' } }, 1],
];

/** @param times 0: every call is hit */
function trouble(what: Trouble, times: number): void {
	if ('line' in what) wire.breakAt(what.line, times === 0 ? Infinity : times);
	else simulator.setFault({ path: '*', times, ...what.fault });
}

describe.each(lost)('%s', (_what, what, effects) => {
	it('a read is tried again and succeeds', async () => {
		trouble(what, 1);
		expect(await seen('reads')).toMatchObject({ code: undefined });
	});

	it('a read that fails each time says that it may be tried later', async () => {
		trouble(what, 0);
		expect(await seen('reads')).toMatchObject({
			code: 'SMTP2GO_SERVER',
			message: expect.stringContaining('Try again later'),
		});
	});

	it.each(changing)('%s: not tried again, and the user is told how to find out', async (which) => {
		trouble(what, 1);
		const place =
			which === 'sends' || which === 'batch'
				? /Outcome unknown: .*activity/s
				: /Outcome unknown: .*Check the current state/s;
		expect(await seen(which)).toEqual({
			code: 'SMTP2GO_OUTCOME_UNKNOWN',
			effects,
			message: expect.stringMatching(place),
		});
	});
});

describe('429: turned away unread', () => {
	it.each(all)('%s: tried again, and once is enough', async (which) => {
		simulator.setFault({ path: '*', fault: 'rate-limit', retryAfter: 1 });
		expect(await seen(which)).toMatchObject({ code: undefined, effects: which === 'reads' ? 0 : 1 });
	});

	it.each(all)('%s: each time, it says to wait', async (which) => {
		simulator.setFault({ path: '*', fault: 'rate-limit', times: 0 });
		expect(await seen(which)).toEqual({
			code: 'SMTP2GO_RATE_LIMIT',
			effects: 0,
			message: expect.stringContaining('Wait a minute'),
		});
	});
});

describe('200 that is none', () => {
	it('an email in `failures` is refused, not sent, and not tried again', async () => {
		simulator.setFault({ path: '*', fault: 'failures' });
		expect(await seen('sends')).toEqual({
			code: 'SMTP2GO_REJECTED',
			effects: 0,
			message: expect.stringContaining('550 rejected'),
		});
	});

	it.each(all)('`error` in the data: %s is refused', async (which) => {
		simulator.setFault({ path: '*', fault: 'error' });
		expect(await seen(which)).toMatchObject({ code: 'SMTP2GO_REFUSED', effects: 0 });
	});
});
