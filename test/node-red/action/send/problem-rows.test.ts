/** A list of emails whose entries are rows: the names of their columns, and rows with a problem. */
import type { Simulator } from '../../../../simulator';
import { actionFlow } from '../../support/flows';
import { inbox, key, load, node } from '../../support/node-red';
import { useNodeRed } from '../../support/use-node-red';

let simulator: Simulator;
useNodeRed((started) => {
	({ simulator } = started);
});

const text = (value: unknown) => ({ type: 'str', value });
const no = { type: 'bool', value: 'false' };
const list = { $batch: text('array'), sender: text('shop@example.com'), subject: text('News') };

async function start(fields: object) {
	await load(actionFlow(simulator, 'smtp2go-email', { operation: 'send', fields: { ...list, ...fields } }), key());
	return { out: inbox('out'), caught: inbox('caught') };
}

const send = (payload: unknown) => node('n').receive({ payload } as never);
const recipients = () => simulator.state.emails.map(({ to }) => to[0]);
const rows = [
	{ 'E-Mail Address': 'ann@example.org', 'First Name': 'Ann', Text: 'One' },
	{ email: 'ANN@example.org ', text: 'Two' },
	{ email: 'bob@', text: 'Three' },
	{ email: 'cat@example.org', text: 'Four' },
];

it("takes the names of people's lists", async () => {
	const { out } = await start({ subject: undefined });
	send([{ 'E-Mail': 'ann@example.org', Name: 'Ann', SUBJECT: 'For Ann', html: '<p>Hi</p>' }]);
	await out.next();
	expect(simulator.state.emails).toMatchObject([
		{ to: [{ address: 'ann@example.org', name: 'Ann' }], subject: 'For Ann', html: '<p>Hi</p>' },
	]);
});

it('skips rows with a problem and says why, and sends the others', async () => {
	const { out } = await start({ $problemRows: text('skip') });
	send(rows);
	const { payload } = await out.next();
	expect(recipients().map((one) => one?.address)).toEqual(['ann@example.org', 'cat@example.org']);
	expect(payload).toMatchObject([
		{ ok: true, to: ['Ann <ann@example.org>'] },
		{ ok: false, skipped: true, problem: 'duplicate', message: 'The same address as entry 1' },
		{ ok: false, skipped: true, problem: 'invalidAddress' },
		{ ok: true },
	]);
});

it('fails before anything is sent if the option says so, and lists the rows', async () => {
	const { caught } = await start({ $problemRows: text('fail') });
	send(rows);
	const { error } = await caught.next();
	expect(error).toMatchObject({
		code: 'SMTP2GO_INVALID',
		message: expect.stringContaining(
			'Entry 2: The same address as entry 1. Entry 3: "bob@" is not a valid email address',
		) as string,
	});
	expect(recipients()).toEqual([]);
});

it('reports each row and sends nothing if the option says so', async () => {
	const { out } = await start({ $problemRows: text('report') });
	send(rows);
	const { payload } = await out.next();
	expect(payload).toMatchObject([
		{ ok: true, problem: null },
		{ ok: false, problem: 'duplicate' },
		{ ok: false, problem: 'invalidAddress' },
		{ ok: true },
	]);
	expect(recipients()).toEqual([]);
});

it.each([
	['looks the addresses up in one call', {}, 1],
	['looks nothing up if the option is off', { $checkSuppressions: no }, 0],
])('%s', async (_title, more, calls) => {
	const { out } = await start({ $problemRows: text('skip'), ...more });
	send(rows);
	await out.next();
	expect(simulator.state.requests.filter(({ path }) => path === '/suppression/view')).toHaveLength(calls);
});

it('makes every other column of an entry a variable of the template', async () => {
	const [template] = simulator.state.templates;
	const { out } = await start({
		subject: undefined,
		template_id: text(template?.id),
		$missingVariables: text('ignore'),
	});
	send([{ to: 'ann@example.org', name: 'Ann', orderId: 7, topic: 'No', cc: 'cat@example.org' }]);
	await out.next();
	const { emails } = JSON.parse(simulator.state.requests.at(-1)?.body ?? '{}') as { emails: object[] };
	expect(emails).toMatchObject([{ template_data: { name: 'Ann', orderId: 7 } }]);
	expect(JSON.stringify(emails)).not.toContain('"topic"');
});

it.each([
	['reads files and headers of an entry where the rows of the dialog name them', {}, true],
	[
		'reads none of them if those rows are not set',
		Object.fromEntries(['attachments', 'custom_headers', 'bcc'].map((name) => [name, { type: 'none', value: '' }])),
		false,
	],
])('%s', async (_what, fields, isRead) => {
	const { out, caught } = await start(fields);
	const attachments = [{ filename: 'a.txt', content: 'A' }];
	send([{ to: 'ann@example.org', text: 'Hi', attachments, headers: { 'X-A': '1' }, bcc: 'bob@example.org' }]);
	await out.next();
	expect(caught.messages).toEqual([]);
	const { emails } = JSON.parse(simulator.state.requests.at(-1)?.body ?? '{}') as { emails: object[] };
	const names = Object.keys(emails[0] ?? {});
	for (const name of ['attachments', 'custom_headers', 'bcc']) expect(names.includes(name)).toBe(isRead);
});
