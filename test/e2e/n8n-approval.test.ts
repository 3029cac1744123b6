/** "Send and Wait for Response" in a whole n8n: who is asked, which requests decide, and what comes out. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startChromium, takePicture } from './support/chromium';
import { report } from './support/deliveries';
import { openWorld, type World } from './support/n8n';
import {
	askingNode,
	decidedBy,
	execution,
	linkTo,
	manual,
	outputOf,
	post,
	reaches,
	save,
	start,
	then,
	type Ran,
} from './support/n8n-approval';

/** How many links are forged. n8n needs some milliseconds for each. */
const FORGED = Number(process.env['FORGED'] ?? 500);
let world: World;
let browser: Browser;
let expiring: string;

beforeAll(async () => {
	world = await openWorld();
	browser = await startChromium();
	// n8n looks once a minute for executions that have waited long enough, so this one waits while the others run.
	expiring = await asked({
		to: 'late@example.com',
		options: {
			limitWaitTime: { values: { limitType: 'afterTimeInterval', resumeAmount: 0.02, resumeUnit: 'minutes' } },
		},
	});
}, 900_000);
afterAll(async () => {
	await (browser as Browser | undefined)?.close();
	await (world as World | undefined)?.stop();
});

/** Asks, and waits until the execution waits. */
async function asked(parameters: object = {}, more = {}): Promise<string> {
	const id = await start(world, `Ask ${Date.now()} ${Math.random()}`, [
		manual,
		askingNode(world, parameters, more),
		then,
	]);
	await reaches(world, id, 'waiting');
	return id;
}

/** Asks one recipient. @returns the execution and the link */
async function ask(parameters: object = {}, address = 'ann@example.com'): Promise<{ id: string; link: string }> {
	const id = await asked(parameters);
	return { id, link: linkTo(world, address) };
}

const isWaiting = async (id: string) => (await execution(world, id)).status === 'waiting';
const dataOf = (ran: Ran) => outputOf(ran, 'Then')[0]?.['data'];

const rtl = 'שלום "world" <script>alert(1)</script> 👍\n&amp; It\'s\tfine';

test.each([
	['approve', {}, { answer: 'approve' }, { approved: true, comment: null }],
	[
		'decline with a comment',
		{ comment: 'requiredOnDecline' },
		{ answer: 'decline', comment: 'Too expensive' },
		{ approved: false, comment: 'Too expensive' },
	],
	[
		'choose one',
		{ responseType: 'choice', choices: 'Monday\nTuesday <b>\nNever' },
		{ answer: '2' },
		{ approved: null, choice: 'Tuesday <b>' },
	],
	['write a text', { responseType: 'freeText' }, { answer: 'text', text: rtl }, { text: rtl }],
	[
		'approve by SMS',
		{ resource: 'sms', channel: 'sms' },
		{ answer: 'approve' },
		{ approved: true, channel: 'sms', respondedBy: '+14155550123' },
	],
])('%s', async (_, parameters, fields, expected) => {
	const { id, link } = await ask(parameters, 'channel' in parameters ? '+14155550123' : 'ann@example.com');
	const answered = await post(link, fields);
	expect([answered.status, answered.text]).toEqual([200, expect.stringContaining('Thank you')]);
	const ran = await reaches(world, id, 'success');
	expect(outputOf(ran, 'Then')).toEqual([
		{
			data: {
				approved: null,
				choice: null,
				text: null,
				comment: null,
				respondedBy: 'ann@example.com',
				respondedAt: expect.stringMatching(/^\d{4}-.*Z$/),
				channel: 'email',
				...expected,
			},
		},
	]);
});

test('a message with markup, a right-to-left name and emoji arrives as written, and so does a comment of 10,000 characters', async () => {
	const { id, link } = await ask({ to: '"רות <b>" <ann@example.com>', subject: `<i>${rtl}`, message: rtl });
	const page = await browser.newPage();
	await page.goto(link);
	expect(await page.locator('h1').innerText()).toContain('<i>שלום "world" <script>alert(1)</script> 👍');
	expect(await page.locator('main').innerText()).toContain("&amp; It's");
	await takePicture(page, 'n8n-approval-page');
	const comment = '<'.repeat(9_999) + '!';
	await page.fill('#comment', comment);
	await page.click('#answer-approve');
	await page.waitForSelector('text=Thank you');
	await page.close();
	expect(dataOf(await reaches(world, id, 'success'))).toMatchObject({ approved: true, comment });
});

test('a scanner decides nothing: 100 times GET, HEAD and OPTIONS, and 100 times a browser that clicks nothing', async () => {
	const { id, link } = await ask();
	for (let round = 0; round < 100; round++) {
		await Promise.all(
			['GET', 'HEAD', 'OPTIONS'].map(async (method) => expect((await fetch(link, { method })).ok).toBe(true)),
		);
	}
	const page = await browser.newPage();
	for (let round = 0; round < 100; round++) await page.goto(`${link}#answer-approve`);
	await page.close();
	expect(await isWaiting(id)).toBe(true);
	report('Approvals in n8n: 400 visits without a click decided nothing');
	await post(link, { answer: 'decline' });
	expect(dataOf(await reaches(world, id, 'success'))).toMatchObject({ approved: false });
});

test('the page of a question carries headers that keep its link to itself', async () => {
	const { id, link } = await ask();
	const { headers } = await fetch(link);
	expect(headers.get('referrer-policy')).toBe('no-referrer');
	expect(headers.get('cache-control')).toBe('no-store');
	expect(headers.get('content-security-policy')).toContain("default-src 'none'");
	expect((await post(link, {})).status).toBe(422);
	expect(await isWaiting(id)).toBe(true);
});

test(`none of ${FORGED} forged, altered and foreign links decides`, async () => {
	const first = await ask({ to: 'ann@example.com, bob@example.com' });
	const other = await ask({ to: 'eve@example.com' }, 'eve@example.com');
	const signature = new URL(first.link).searchParams.get('signature') ?? '';
	const forge = (index: number): string => {
		const url = new URL(first.link);
		const flipped = index % signature.length;
		const digit = ((parseInt(signature[flipped] ?? '0', 16) + 1 + (index % 15)) % 16).toString(16);
		switch (index % 8) {
			case 0:
				url.searchParams.set('by', String(2 + (index % 9)));
				break;
			case 1:
				url.searchParams.delete('signature');
				break;
			case 2:
				url.searchParams.set('signature', index.toString(16).padStart(64, '0'));
				break;
			case 3:
				url.pathname = new URL(other.link).pathname;
				break;
			case 4:
				url.searchParams.append('by', '2');
				break;
			case 5:
				url.searchParams.set(`approved`, 'true');
				break;
			case 6:
				url.searchParams.set('signature', new URL(other.link).searchParams.get('signature') ?? '');
				break;
			default:
				url.searchParams.set('signature', signature.slice(0, flipped) + digit + signature.slice(flipped + 1));
		}
		return url.href;
	};
	const started = Date.now();
	const statuses = await decidedBy(Array.from({ length: FORGED }, (_, index) => forge(index)));
	report(
		`Approvals in n8n: ${FORGED} forged links in ${Math.round((Date.now() - started) / 1000)} s: ${JSON.stringify(statuses)}`,
	);
	expect(statuses).toEqual({ 401: FORGED });
	expect(await Promise.all([first.id, other.id].map(isWaiting))).toEqual([true, true]);
});

test('a double click counts once', async () => {
	const { id, link } = await ask();
	const page = await browser.newPage();
	const posts: string[] = [];
	page.on('request', (request) => {
		if (request.method() === 'POST') posts.push(request.url());
	});
	await page.goto(`${link}#answer-decline`);
	await page.dblclick('#answer-decline');
	await page.waitForSelector('text=Thank you');
	await page.close();
	expect(posts).toHaveLength(1);
	expect(dataOf(await reaches(world, id, 'success'))).toMatchObject({ approved: false });
});

test('of two people at the same moment one decides, and the other reads that it is answered', async () => {
	const id = await asked({ channel: 'both', to: 'ann@example.com, bob@example.com' });
	const links = ['ann@example.com', 'bob@example.com', '+14155550123'].map((address) => linkTo(world, address));
	expect(new Set(links).size).toBe(3);
	const answers = await Promise.all(
		links.map((link, index) => post(link, { answer: index === 0 ? 'approve' : 'decline' })),
	);
	expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
	for (const { status, text } of answers)
		expect(text).toContain(status === 200 ? 'Your answer was recorded' : 'Already answered');
	const ran = await reaches(world, id, 'success');
	expect(dataOf(ran)).toMatchObject({ approved: answers[0]?.status === 200 });
	// Once the execution has gone on, n8n answers by itself.
	expect(await post(links[1] ?? '', { answer: 'decline' })).toMatchObject({
		status: 200,
		text: expect.stringContaining('No action required'),
	});
});

test('an execution that waits survives a restart of n8n', async () => {
	const { id, link } = await ask();
	const port = new URL(world.n8n().url).port;
	await world.restart(() => undefined, { kill: true });
	expect(new URL(world.n8n().url).port).toBe(port);
	expect((await (await fetch(link)).text()).includes('Please approve invoice 1001.')).toBe(true);
	await post(link, { answer: 'approve' });
	expect(dataOf(await reaches(world, id, 'success'))).toMatchObject({ approved: true });
});

test('in a loop every item has its own question, and the link of an earlier one does not answer a later one', async () => {
	const items = { 'Try It': [{ json: { invoice: 1 } }, { json: { invoice: 2 } }] };
	const id = await start(
		world,
		'Loop',
		[
			manual,
			{ name: 'Loop', type: 'n8n-nodes-base.splitInBatches', typeVersion: 3, parameters: { options: {} } },
			askingNode(world, { message: '=Invoice {{ $json.invoice }}' }),
			then,
		],
		[
			['Try It', 0, 'Loop'],
			['Loop', 0, 'Then'],
			['Loop', 1, 'Ask'],
			['Ask', 0, 'Loop'],
		],
		items,
	);
	await reaches(world, id, 'waiting');
	const first = linkTo(world, 'ann@example.com');
	await post(first, { answer: 'approve' });
	const second = await world.simulator.waitFor(() => {
		const link = linkTo(world, 'ann@example.com');
		return link === first ? undefined : link;
	});
	await reaches(world, id, 'waiting');
	expect(await post(first, { answer: 'approve' })).toMatchObject({
		status: 410,
		text: expect.stringContaining('Already answered'),
	});
	expect(await (await fetch(second)).text()).toContain('Invoice 2');
	await post(second, { answer: 'decline' });
	const ran = await reaches(world, id, 'success');
	expect(outputOf(ran, 'Then').map(({ data }) => (data as { approved: boolean }).approved)).toEqual([true, false]);
});

test('several items at once are rejected before anyone is asked', async () => {
	const before = world.simulator.state.emails.length;
	const items = { 'Try It': [{ json: {} }, { json: {} }] };
	const id = await start(world, 'Two items', [manual, askingNode(world), then], undefined, items);
	const ran = await reaches(world, id, 'error');
	expect(ran.data.resultData.error?.message).toBe('This operation accepts only one item, but got 2');
	expect(world.simulator.state.emails).toHaveLength(before);
});

test('a sub-workflow asks, and the workflow that called it goes on with the answer', async () => {
	const child = await save(world, 'Child', [
		{
			name: 'Start',
			type: 'n8n-nodes-base.executeWorkflowTrigger',
			typeVersion: 1.1,
			parameters: { inputSource: 'passthrough' },
		},
		askingNode(world, { to: 'sub@example.com' }),
	]);
	await world.client.activate(child);
	const id = await start(world, 'Parent', [
		manual,
		{
			name: 'Call',
			type: 'n8n-nodes-base.executeWorkflow',
			typeVersion: 1.2,
			parameters: { workflowId: { __rl: true, mode: 'id', value: child }, options: {} },
		},
		then,
	]);
	await reaches(world, id, 'waiting');
	await post(linkTo(world, 'sub@example.com'), { answer: 'approve' });
	expect(dataOf(await reaches(world, id, 'success'))).toMatchObject({ approved: true });
});

test('a reminder is sent if nobody answers, and is canceled by the answer, with the escalation', async () => {
	const { scheduled } = world.simulator.state;
	expect(scheduled).toEqual([]);
	const { id, link } = await ask(
		{
			to: 'slow@example.com',
			options: {
				reminder: { values: { resumeAmount: 0.03, resumeUnit: 'minutes' } },
				escalation: { values: { escalateTo: 'boss@example.com', resumeAmount: 2, resumeUnit: 'days' } },
			},
		},
		'slow@example.com',
	);
	const mails = () =>
		world.simulator.state.emails
			.filter(({ to }) => to[0]?.address === 'slow@example.com')
			.map(({ subject }) => subject);
	await world.simulator.waitFor(() => mails().length === 2);
	expect(mails()).toEqual(['Invoice 1001', 'Reminder: Invoice 1001']);
	expect(linkTo(world, 'slow@example.com')).toBe(link);
	expect(world.simulator.state.scheduled).toHaveLength(1);
	await post(link, { answer: 'approve' });
	await reaches(world, id, 'success');
	await world.simulator.waitFor((state) => state.scheduled.length === 0);
});

test('whoever is asked by the escalation can answer', async () => {
	const { id } = await ask({
		options: {
			escalation: { values: { escalateTo: 'boss@example.com', resumeAmount: 0.02, resumeUnit: 'minutes' } },
		},
	});
	const link = await world.simulator.waitFor(() => linkTo(world, 'boss@example.com') || undefined);
	await post(link, { answer: 'approve' });
	expect(dataOf(await reaches(world, id, 'success'))).toMatchObject({ respondedBy: 'boss@example.com' });
});

test('if nobody answers in time, the output says so, and the link too', async () => {
	const link = linkTo(world, 'late@example.com');
	const ran = await reaches(world, expiring, 'success');
	expect(outputOf(ran, 'Then')).toEqual([{ data: { timedOut: true } }]);
	expect(await (await fetch(link)).text()).toContain('No action required');
});

test('no link and no key is in the data of executions or in the log', async () => {
	const { id, link } = await ask();
	const [open, waiting] = [await execution(world, id), await execution(world, expiring)];
	const signature = new URL(link).searchParams.get('signature') ?? '';
	expect(signature).toHaveLength(64);
	for (const text of [open.text, waiting.text, world.n8n().output()]) {
		expect(text).not.toMatch(/signature=|[?&]by=/);
		expect(text).not.toContain(signature);
		expect(text).not.toContain(world.account.apiKey);
	}
	const database = readFileSync(join(world.userFolder, '.n8n', 'database.sqlite'), 'latin1');
	expect(database.includes(signature)).toBe(false);
});
