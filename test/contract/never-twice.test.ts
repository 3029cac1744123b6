/**
 * Never twice: every fault against every effect, on the wire. What is counted is what the server did. The table is
 * docs/never-twice.md; `UPDATE_DOCS=1` writes it again.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
	buildEmail,
	findOperation,
	outcomeOfFault,
	run,
	sendChecked,
	sendEmail,
	sendEmails,
	withMessageKey,
	type Connection,
	type Host,
	type Operation,
	type Smtp2goError,
} from '../../api';
import { DEMO_API_KEY, startSimulator, type Fault, type Simulator } from '../../simulator';

const FILE = join(__dirname, '../../docs/never-twice.md');

let simulator: Simulator;
/** Where nobody listens. */
let closed = '';
beforeAll(async () => {
	simulator = await startSimulator({ eventDelayMs: 0, probe: 'none' });
	const server = createServer();
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	closed = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v3`;
	await new Promise((resolve) => {
		server.close(resolve);
	});
});
afterAll(async () => {
	await simulator.stop();
});

/** Node's own fetch; a call may take 400 ms, and a pause takes none. */
const host: Host = {
	send: async ({ method, url, headers, body }) => {
		try {
			const response = await fetch(url, {
				method,
				headers: { ...headers, 'X-Smtp2go-Api-Key': DEMO_API_KEY },
				body: body as BodyInit,
				redirect: 'manual',
				signal: AbortSignal.timeout(400),
			});
			return {
				answered: true,
				status: response.status,
				headers: Object.fromEntries(response.headers),
				text: await response.text(),
			};
		} catch (error) {
			return outcomeOfFault(error);
		}
	},
	// The three minutes until an email shows up in the activity are a moment here; every other pause is none.
	sleep: (milliseconds) =>
		new Promise((resolve) => {
			setTimeout(resolve, milliseconds >= 180_000 ? 100 : 0);
		}),
	now: () => Date.now(),
	monotonic: () => performance.now(),
	random: () => 0,
};

/** What goes wrong: once, at the simulator, or with the address itself. */
interface Case {
	readonly name: string;
	readonly fault?: Omit<Fault, 'path'>;
	readonly baseUrl?: () => string;
	/** True for a fault that is part of a good answer: it looks different for each call. */
	readonly inAnswer?: true;
}

const cases: readonly Case[] = [
	{ name: 'connection refused', baseUrl: () => closed },
	{ name: 'DNS lookup failed', baseUrl: () => 'http://nowhere.invalid/v3' },
	{ name: 'timeout, call not processed', fault: { fault: 'timeout', when: 'before' } },
	{ name: 'timeout, call processed', fault: { fault: 'timeout', when: 'after' } },
	{ name: 'reset before the call is processed', fault: { fault: 'reset', when: 'before' } },
	{ name: 'reset while the call is sent', fault: { fault: 'reset', when: 'during' } },
	{ name: 'reset after the call is processed', fault: { fault: 'reset', when: 'after' } },
	{ name: 'HTTP 429', fault: { fault: 'rate-limit' } },
	...[202, 408, 500, 502, 503, 504].flatMap((status): Case[] =>
		(['before', 'after'] as const).map((when) => ({
			name: `HTTP ${status}, call ${when === 'after' ? 'processed' : 'not processed'}`,
			fault: { fault: 'server-error', status, when },
		})),
	),
	{ name: 'HTTP 200, email rejected', inAnswer: true },
	{ name: 'HTTP 200 with an error', fault: { fault: 'error' } },
	{ name: 'truncated response, call not processed', fault: { fault: 'truncated', when: 'before' } },
	{ name: 'truncated response, call processed', fault: { fault: 'truncated', when: 'after' } },
	{ name: 'response not JSON, call not processed', fault: { fault: 'not-json', when: 'before' } },
	{ name: 'response not JSON, call processed', fault: { fault: 'not-json', when: 'after' } },
];

const mail = { sender: 'shop@example.com', to: 'jane@example.com', subject: 'Hi', text_body: 'Hello' };
type Told = { readonly ok: true } | { readonly ok: false; readonly error: Smtp2goError };

/** An operation, how often the server did it, and what the caller is told. */
interface Effect {
	readonly name: string;
	readonly path: string;
	readonly made: () => number;
	readonly call: (connection: Connection) => Promise<Told>;
	/** The same, of email that is refused in an answer of HTTP 200; only where there is such a thing. */
	readonly refused?: (connection: Connection) => Promise<Told>;
}

const operation = (resource: string, key: string) => findOperation(resource, key) as Operation;
const built = (more: object = {}) => {
	const request = buildEmail({ ...mail, ...more }, Date.now());
	if (!request.ok) throw request.error;
	const keyed = withMessageKey(request.value);
	if (!keyed.ok) throw keyed.error;
	return { plain: request.value, keyed: keyed.value };
};
/** Of several outcomes the first that is none of the good ones. */
const worst = (outcomes: readonly Told[]): Told => outcomes.find(({ ok }) => !ok) ?? { ok: true };

const unverified = { sender: 'shop@unverified.test' };
const mailsMade = () => simulator.state.emails.length;
const one = (more?: object) => (connection: Connection) => sendEmail(connection, built(more).plain);
const two = (more?: object) => async (connection: Connection) =>
	worst(await sendEmails(connection, [built(more).plain, built(more).plain]));
const checked = (more?: object) => async (connection: Connection) =>
	worst(
		await sendChecked(connection, [built(more).keyed], async (mails) =>
			Promise.all(mails.map((keyed) => sendEmail(connection, keyed))),
		),
	);

const effects: readonly Effect[] = [
	{
		name: 'Read',
		path: '/template/search',
		made: () => simulator.state.requests.filter(({ status }) => status === 200).length,
		call: (connection) => run(connection, operation('template', 'getAll'), {}),
	},
	{
		name: 'Write',
		path: '/webhook/add',
		made: () => simulator.state.hooks.length,
		call: (connection) =>
			run(connection, operation('webhook', 'create'), { url: 'https://example.com/hook', events: ['bounce'] }),
	},
	{
		name: 'Destroy',
		path: '/template/delete',
		made: () => (simulator.state.templates.some(({ id }) => id === 'welcome') ? 0 : 1),
		call: (connection) => run(connection, operation('template', 'delete'), { id: 'welcome' }),
	},
	{ name: 'Email', path: '/email/send', made: mailsMade, call: one(), refused: one(unverified) },
	{ name: 'Batch', path: '/email/batch', made: () => mailsMade() / 2, call: two(), refused: two(unverified) },
	{
		name: 'Text message',
		path: '/sms/send',
		made: () => simulator.state.sms.length,
		call: (connection) => run(connection, operation('sms', 'send'), { destination: '+14155550123', content: 'Hi' }),
	},
	{ name: 'Email, Check First', path: '/email/send', made: mailsMade, call: checked(), refused: checked(unverified) },
];

/** What a person is told, in a word. */
const words: Record<string, string> = {
	outcomeUnknown: 'unknown',
	unreachable: 'not sent',
	rejected: 'rejected',
	refused: 'rejected',
	rateLimit: 'too fast',
	server: 'failed',
};
const wordOf = (told: Told) => (told.ok ? 'done' : (words[told.error.type] ?? told.error.type));

const cells = new Map<string, string>();

describe.each(effects)('$name', ({ name, path, made, call, refused }) => {
	test.each(cases.filter(({ inAnswer }) => !inAnswer || refused))(
		'$name',
		async ({ name: fault, fault: played, baseUrl, inAnswer }) => {
			simulator.reset();
			if (played) simulator.setFault({ path, ...played });
			const told = await (inAnswer && refused ? refused : call)({
				host,
				baseUrl: baseUrl?.() ?? simulator.apiUrl,
			});
			const count = made();
			if (name !== 'Read') {
				expect(count).toBeLessThanOrEqual(1);
				if (told.ok) expect(count).toBe(1);
				// Only an unknown outcome may have had its effect.
				else if (told.error.type !== 'outcomeUnknown') expect(count).toBe(0);
				else expect(told.error.details.hint).toMatch(/before you (retry|resend)|activity/i);
			}
			cells.set(`${fault} ${name}`, name === 'Read' ? wordOf(told) : `${wordOf(told)}, ${count}×`);
		},
	);
});

function document(): string {
	const table = [
		['Fault', ...effects.map(({ name }) => name)],
		['---', ...effects.map(() => '---')],
		...cases.map(({ name: fault }) => [fault, ...effects.map(({ name }) => cells.get(`${fault} ${name}`) ?? '–')]),
	]
		.map((row) => `| ${row.join(' | ')} |`)
		.join('\n');
	return `# Never twice

What happens if a call fails: the error that you get, and how often SMTP2GO processed the call, for each kind of call.
Each fault occurs once, on the wire between the client and the simulator. \`test/contract/never-twice.test.ts\`
writes this table and fails if it changes.

${table}

- **done**: the call succeeded, if necessary by a retry. Reads are tried up to four times. Other calls are retried
  only if they provably never arrived (no connection, no address) or were rejected unread (HTTP 429).
- **not sent**: the call did not reach SMTP2GO in four attempts. Nothing happened.
- **rejected**: SMTP2GO rejected the call or the email. Nothing happened.
- **unknown**: the error "Outcome unknown". The call left and its response was lost, so SMTP2GO may or may not have
  processed it. It is never retried automatically. The error says where to look it up: emails in Reports > Activity,
  text messages with the operation Get Many Sent, and changes in the account itself. In a batch, the outcome of all
  emails of that call is unknown.
- **Check First** (an option of Email Send, off by default): each email has a key in the header \`X-Message-Key\`. If
  the response is lost, the node waits three minutes, reads the whole activity since the send, and resends, once, only
  the emails that it does not list. If the search fails, the outcome stays unknown. Check First cannot look up
  scheduled emails.
- Changing the machine's clock has no effect: pauses and limits use a clock that only goes forward.
- The check of template variables only reads (\`/template/view\`), before the send. If the check itself fails, *fail*
  sends nothing, and *warn* sends the email once, without the check.

n8n's **Retry On Fail** runs the whole node again. The node then skips items that were sent and items whose outcome is
unknown, and returns their first outcome. This applies to the attempts of one run of the node. The next turn of a loop
sends its own items, and so does an execution that you start again.

If n8n cannot read a stored file, or its length differs from what n8n reports, the call is not made. Nothing is sent,
and the error says so. In a batch, this applies to all emails of that call.

In n8n, a call times out after 30 seconds (120 for a call that sends), however slowly the response arrives. A response
of more than 64 MB, after decompression, is not read. In both cases, the outcome of a call that sends or changes
something is unknown, and the call is not retried.
`;
}

test('docs/never-twice.md shows this table', () => {
	if (process.env['UPDATE_DOCS']) writeFileSync(FILE, document());
	expect(readFileSync(FILE, 'utf8')).toBe(document());
});
