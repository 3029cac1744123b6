/** Examples that a stranger can reach: a contact form, a code by SMS, and a form to resubscribe. */
import { post } from '../support/n8n-approval';
import {
	appHeaders,
	callApi,
	emails,
	ended,
	executions,
	finished,
	openLink,
	postTo,
	published,
	rowsOf,
	sent,
	texts,
	world,
} from '../support/n8n-examples';

describe('contact form', () => {
	const visitor = { name: 'Jane', email: 'jane@example.com', message: 'Do you sell green tea?', website: '' };
	const submit = async (fields: unknown) => {
		const response = await postTo('contact', fields);
		return { status: response.status, text: await response.text() };
	};

	test("the team gets the visitor's words, escaped, and can reply; a robot is thanked, and sends nothing", async () => {
		await published('contact-form', async () => {
			const thanks = { status: 200, text: 'Thank you. We have your message.' };
			expect(await submit({ ...visitor, website: 'https://spam.example.com' })).toEqual(thanks);
			expect(emails()).toEqual([]);
			world().simulator.setFault({ path: '/email/send', fault: 'error', status: 400, message: 'No' });
			expect(await submit(visitor)).toMatchObject({ status: 502, text: expect.stringContaining('Sorry') });
			world().simulator.clearFaults();
			const form = new URLSearchParams({
				...visitor,
				name: 'Jane <b>Doe</b>',
				message: 'Tea?\n<script>alert(1)</script>',
			});
			const response = await fetch(`${world().n8n().url}/webhook/contact`, { method: 'POST', body: form });
			expect([response.status, await response.text()]).toEqual([200, 'Thank you. We have your message.']);
		});
		expect(emails()).toMatchObject([
			{
				to: [{ address: 'team@example.com' }],
				cc: [],
				bcc: [],
				subject: 'Message from Jane <b>Doe</b>',
				headers: expect.arrayContaining([{ header: 'Reply-To', value: 'jane@example.com' }]),
			},
		]);
		expect(emails()[0]?.html).toContain('Tea?<br>&#60;script&#62;');
		expect(emails()[0]?.html).not.toMatch(/<script>|<b>Doe/);
	});

	test('no field of a visitor reaches another recipient, header or sender', async () => {
		await published('contact-form', async () => {
			for (const email of [
				'jane@example.com, victim@example.com',
				'jane@example.com\r\nBcc: victim@example.com',
				'Jane <jane@example.com>',
				'jane',
				['jane@example.com', 'victim@example.com'],
				{ to: 'victim@example.com' },
			])
				expect(await submit({ ...visitor, email })).toMatchObject({ status: 400 });
			for (const body of ['text', [visitor], { ...visitor, message: ' ' }, { ...visitor, name: null }])
				expect(await submit(body)).toMatchObject({ status: 400 });
			expect(emails()).toEqual([]);
			const more = {
				to: 'victim@example.com',
				cc: 'victim@example.com',
				sender: 'boss@example.com',
				subject: 'Hi',
			};
			expect(await submit({ ...visitor, ...more, name: 'Jane\r\nBcc: victim@example.com' })).toMatchObject({
				status: 200,
			});
		});
		expect(emails()).toMatchObject([{ sender: { address: 'shop@example.com' }, cc: [], bcc: [] }]);
		expect(sent()).toEqual([['team@example.com', 'Message from Jane Bcc: victim@example.com']]);
	});

	test('three messages per hour from one address, and a limit for all, also at the same time', async () => {
		await published(
			'contact-form',
			async () => {
				const statuses = [];
				for (const email of ['jane@example.com', 'JANE@example.com', 'jane@example.com', 'Jane@example.com'])
					statuses.push((await submit({ ...visitor, email })).status);
				expect(statuses).toEqual([200, 200, 200, 429]);
				expect((await submit(visitor)).status).toBe(429);
				expect((await submit({ ...visitor, email: 'joe@example.com' })).status).toBe(200);
				const crowd = await Promise.all(
					Array.from({ length: 8 }, (_, index) => submit({ ...visitor, email: `v${index}@example.com` })),
				);
				expect(crowd.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(6);
			},
			(text) => text.replace('<= 20', '<= 8').replace('"limit": 21', '"limit": 9'),
		);
		expect(emails().length).toBeGreaterThanOrEqual(4);
		expect(emails().length).toBeLessThanOrEqual(6);
	});
});

describe('one-time code', () => {
	const ask = (phone: unknown) => postTo('one-time-code', { phone }, appHeaders);
	const check = async (ticket: unknown, code: unknown) =>
		(await postTo('one-time-code-check', { ticket, code }, appHeaders)).status;
	/** Asks for a code. @returns the ticket, and the code that the phone got */
	async function coded(): Promise<{ ticket: string; code: string; wrong: (by: number) => string }> {
		const response = await ask('+1 (415) 555-0123');
		expect(response.status).toBe(200);
		const { ticket } = (await response.json()) as { ticket: string };
		const code = /^\d{6}(?= is your code)/.exec(texts().at(-1)?.content ?? '')?.[0] ?? '';
		return { ticket, code, wrong: (by) => String((Number(code) + by) % 1_000_000).padStart(6, '0') };
	}

	test('a code verifies its phone once, is stored nowhere, and only the app can ask for it or try it', async () => {
		await published('one-time-code-by-sms', async (id) => {
			for (const path of ['one-time-code', 'one-time-code-check'])
				expect((await postTo(path, { phone: '+14155550123' })).status).toBe(403);
			expect(texts()).toEqual([]);
			const { ticket, code, wrong } = await coded();
			expect(texts().map(({ destination }) => destination)).toEqual(['+14155550123']);
			expect(await check(ticket, wrong(1))).toBe(401);
			const right = await postTo('one-time-code-check', { ticket, code }, appHeaders);
			expect([right.status, await right.json()]).toEqual([200, { verified: true, phone: '+14155550123' }]);
			expect(await check(ticket, code)).toBe(401);
			const rows = await rowsOf('one_time_codes');
			expect(rows.find(({ kind }) => kind === 'code')).toMatchObject({
				ticket: expect.stringMatching(/^[0-9a-f]{64}$/),
				code: expect.stringMatching(/^[0-9a-f]{64}$/),
				used: true,
			});
			expect(JSON.stringify(rows)).not.toContain(ticket);
			expect(rows.map(({ code: stored }) => stored)).not.toContain(code);
			expect(await executions(id)).toEqual([]);
		});
	});

	test('a code ends after five tries, also if many are made at the same time', async () => {
		await published('one-time-code-by-sms', async () => {
			const first = await coded();
			const second = await coded();
			expect(await check(first.ticket, second.code)).toBe(401);
			for (let by = 1; by <= 3; by++) expect(await check(first.ticket, first.wrong(by))).toBe(401);
			expect(await check(first.ticket, first.code)).toBe(200);
			const tries = await Promise.all(
				Array.from({ length: 5 }, (_, by) => check(second.ticket, second.wrong(by + 1))),
			);
			expect(new Set(tries)).toEqual(new Set([401]));
			expect(await check(second.ticket, second.code)).toBe(401);
		});
	});

	test('what is no ticket or code is turned down, and an old code too', async () => {
		await published(
			'one-time-code-by-sms',
			async () => {
				const { ticket, code } = await coded();
				for (const [badTicket, badCode] of [
					['', code],
					[ticket, ''],
					[{ $ne: '' }, { $ne: '' }],
					['%', '______'],
					[ticket.toUpperCase(), code],
				])
					expect([badTicket, badCode, await check(badTicket, badCode)]).toEqual([badTicket, badCode, 401]);
				expect(await check(ticket, code)).toBe(401);
			},
			(text) => text.replace('minutes: 10 }', 'minutes: 0 }'),
		);
	});

	test('three codes per hour for a number, one number each time, and only of the countries chosen', async () => {
		await published('one-time-code-by-sms', async () => {
			for (const phone of [
				'+14155550123,+14155550124',
				['+14155550123', '+14155550124'],
				'+442079460000',
				'+11155550123',
				null,
			])
				expect([phone, (await ask(phone)).status]).toEqual([phone, 400]);
			const statuses = [];
			for (const phone of ['+14155550123', '+1 415 555 0123', '+1-415-555-0123', '+1(415)555.0123'])
				statuses.push((await ask(phone)).status);
			expect(statuses).toEqual([200, 200, 200, 429]);
			expect((await ask('+14155550199')).status).toBe(200);
		});
		expect(texts()).toHaveLength(4);
	});
});

describe('resubscribe', () => {
	const JANE = 'jane@example.com';
	const suppress = (email_address: string, reason: 'unsubscribe' | 'bounce') =>
		world().simulator.state.suppressions.push({
			email_address,
			reason,
			block_description: '',
			complaint: '',
			subject: null,
			timestamp: '2024-05-01 10:00:00',
		});
	const suppressed = () => world().simulator.state.suppressions.map(({ email_address }) => email_address);
	const request = async (email: string) => {
		const form = new FormData();
		form.append('field-0', email);
		return (await fetch(`${world().n8n().url}/form/resubscribe`, { method: 'POST', body: form })).text();
	};

	test.each([
		[
			'approve',
			[],
			[
				['team@example.com', `Resubscribe ${JANE}?`],
				[JANE, 'You get our emails again'],
			],
		],
		['decline', [JANE], [['team@example.com', `Resubscribe ${JANE}?`]]],
	])('the request changes nothing before the team decides, then: %s', async (answer, left, messages) => {
		await published('resubscribe-by-request', async (id) => {
			suppress(JANE, 'unsubscribe');
			await request('Jane@Example.com');
			const link = await openLink('team@example.com');
			for (const method of ['GET', 'HEAD', 'OPTIONS']) await fetch(link, { method });
			expect(suppressed()).toEqual([JANE]);
			await post(link, { answer });
			await ended(id);
		});
		expect(suppressed()).toEqual(left);
		expect(sent()).toEqual(messages);
	});

	test('nobody is asked about other addresses, or twice, and the form says the same to all', async () => {
		await published('resubscribe-by-request', async (id) => {
			suppress('bounced@example.com', 'bounce');
			suppress('both@example.com', 'unsubscribe');
			suppress('both@example.com', 'bounce');
			suppress('example.org', 'unsubscribe');
			const pages = [];
			const addresses = [
				'bounced@example.com',
				'both@example.com',
				'nobody@example.com',
				'example.org',
				'*@example.com',
				'bounced@example.com, nobody@example.com',
			];
			for (const address of addresses) pages.push(await request(address));
			await finished(id, addresses.length);
			expect(new Set(pages).size).toBe(1);
			expect(emails()).toEqual([]);
			suppress(JANE, 'unsubscribe');
			await request(JANE);
			await openLink('team@example.com');
			for (const again of [JANE, JANE.toUpperCase()]) await request(again);
			await finished(id, addresses.length + 2);
			expect(suppressed()).toHaveLength(5);
		});
		expect(sent()).toEqual([['team@example.com', `Resubscribe ${JANE}?`]]);
		expect((await callApi('/suppression/view', {})).status).toBe(200);
	});
});
