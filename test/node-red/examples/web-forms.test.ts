/** The examples with a web page: what they do for people, and what they refuse to do for attackers. */
import { linksTo } from '../support/ask-links';
import { type Flow } from './support/examples';
import { change, emailTo, emailsTo, flowVariable, press, setClock, useBench } from './support/run-example';

const bench = useBench();
afterEach(() => {
	jest.restoreAllMocks();
});

/** Posts a form, or JSON, as a browser or a script does. */
function post(path: string, form: Record<string, string> | string, headers: Record<string, string> = {}) {
	const body = typeof form === 'string' ? form : new URLSearchParams(form);
	return fetch(`${bench.url}${path}`, { method: 'POST', body, headers });
}
const json = (path: string, value: unknown) => post(path, JSON.stringify(value), { 'content-type': 'application/json' });

/** Sets environment variables of a flow. */
const environment = (values: Record<string, number>) => (flow: Flow) =>
	flow.map((node) => {
		const env = node['env'] as { name: string }[] | undefined;
		return env === undefined
			? node
			: { ...node, env: env.map((one) => ({ ...one, value: String(values[one.name] ?? '') })) };
	});

describe('contact form', () => {
	const visit = { name: 'Jane', email: 'jane@example.com', message: 'Do you sell green tea?', website: '' };
	const emails = () => bench.simulator.state.emails;
	const OWN_HEADERS = [
		{ header: 'Reply-To', value: 'jane@example.com' },
		{ header: 'Message-Id', value: expect.any(String) as string },
	];

	it("gives the team the visitor's words, escaped, and lets them reply", async () => {
		await bench.run('contact-form');
		const page = await fetch(`${bench.url}/contact`);
		expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('name="website"')]);
		press('cf.try');
		const email = await emailTo(bench.simulator, 'team@shop.example');
		expect(email.html).not.toMatch(/<script>|<b>Doe/);
		expect(email.html).toContain('&#60;script&#62;');
		const response = await post('/contact', { ...visit, message: 'First line\r\nsecond <line>' });
		expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('Thank you')]);
		expect(emails()[1]).toMatchObject({
			subject: 'Message from Jane',
			html: expect.stringContaining('First line<br>second &#60;line&#62;') as string,
			text: 'Jane (jane@example.com) wrote:\n\nFirst line\r\nsecond <line>',
			headers: OWN_HEADERS,
		});
	});

	it('writes to the team only, whatever else a request holds', async () => {
		await bench.run('contact-form');
		const everything = {
			to: 'victim@example.com',
			cc: 'victim@example.com',
			bcc: 'victim@example.com',
			sender: 'boss@shop.example',
			from: 'boss@shop.example',
			replyTo: 'victim@example.com',
			topic: 'You won',
			attachments: [{ filename: 'virus.exe', content: 'TVo=' }],
			headers: { 'X-Evil': '1' },
		};
		await json('/contact?to=victim@example.com', { ...visit, ...everything });
		await json('/contact', { ...visit, name: 'Joe\r\nBcc: victim@example.com' });
		expect(emails().map(({ subject }) => subject)).toEqual([
			'Message from Jane',
			'Message from Joe Bcc: victim@example.com',
		]);
		for (const { to, cc, bcc, sender, headers, attachments } of emails()) {
			expect([...to, ...cc, ...bcc].map(({ address }) => address)).toEqual(['team@shop.example']);
			expect(sender.address).toBe('web@shop.example');
			expect(headers).toEqual(OWN_HEADERS);
			expect(attachments).toEqual([]);
		}
	});

	it.each([
		['an address with a second one', { email: 'jane@example.com, victim@example.com' }],
		['an address with a name', { email: 'Jane <victim@example.com>' }],
		['a line break in the address', { email: 'jane@example.com\r\nBcc: victim@example.com' }],
		['an address without a domain', { email: 'jane' }],
		['no message', { message: '  ' }],
		['a message that is too long', { message: 'x'.repeat(5001) }],
		['a list instead of a text', { message: ['a', 'b'] }],
		['an object as the address', { email: { toString: 'jane@example.com' } }],
	])('refuses %s', async (_, wrong) => {
		await bench.run('contact-form');
		expect((await json('/contact', { ...visit, ...wrong })).status).toBe(400);
		expect((await json('/contact', null)).status).toBe(400);
		expect(emails()).toEqual([]);
	});

	it('thanks a robot that fills in the hidden field, and sends nothing', async () => {
		await bench.run('contact-form');
		expect((await post('/contact', { ...visit, website: 'https://spam.example' })).status).toBe(200);
		expect((await post('/contact', visit)).status).toBe(200);
		expect(emails()).toHaveLength(1);
	});

	it('accepts 3 messages an hour from a visitor, and no more from all than its limit', async () => {
		await bench.run('contact-form');
		const statuses = async (count: number) =>
			Promise.all(Array.from({ length: count }, async () => (await post('/contact', visit)).status));
		expect((await statuses(5)).sort()).toEqual([200, 200, 200, 429, 429]);
		// A forged address of origin counts for nothing.
		expect((await post('/contact', visit, { 'x-forwarded-for': '203.0.113.9' })).status).toBe(429);
		expect(emails()).toHaveLength(3);
		setClock(3_600_001);
		expect((await post('/contact', visit)).status).toBe(200);

		await bench.run('contact-form', environment({ PER_VISITOR: 100, PER_HOUR: 4 }));
		expect((await statuses(6)).filter((status) => status === 200)).toHaveLength(4);
	});

	it('accepts nothing if its limits were deleted', async () => {
		await bench.run('contact-form', change('cf.tab', { env: [] }));
		expect((await post('/contact', visit)).status).toBe(429);
		expect(emails()).toEqual([]);
	});

	it('says so if the email could not be sent', async () => {
		await bench.run('contact-form');
		bench.simulator.setFault({ fault: 'server-error', path: '/email/send', times: 0 });
		expect((await post('/contact', visit)).status).toBe(500);
	});
});

describe('resubscribe by request', () => {
	const unsubscribe = (address: string, reason = 'unsubscribe') =>
		bench.simulator.state.suppressions.push({
			email_address: address,
			reason: reason as never,
			block_description: '',
			complaint: '',
			subject: null,
			timestamp: '2024-11-01 08:00:00',
		});
	const suppressed = () => bench.simulator.state.suppressions.map(({ email_address }) => email_address);
	const ask = (email: unknown) => json('/resubscribe', { email });
	const looked = (count: number) =>
		bench.simulator.waitFor(
			({ requests }) => requests.filter(({ path, status }) => path === '/suppression/view' && status).length >= count,
		);

	it('removes the suppression after the team approved, once, and not before', async () => {
		unsubscribe('ann@example.com');
		await bench.run('resubscribe-by-request');
		expect((await fetch(`${bench.url}/resubscribe`)).status).toBe(200);
		const response = await ask('Ann@Example.com');
		expect([response.status, await response.text()]).toEqual([200, 'Thank you. We will check your request.']);
		const { to, text } = await emailTo(bench.simulator, 'team@shop.example');
		expect(to).toHaveLength(1);
		expect(text).toContain('ann@example.com unsubscribed on 2024-11-01');
		expect(suppressed()).toEqual(['ann@example.com']);
		const [link = ''] = linksTo(bench.simulator, 'team@shop.example');
		// A link preview decides nothing.
		await fetch(link);
		expect(suppressed()).toEqual(['ann@example.com']);
		await fetch(link, { method: 'POST', body: new URLSearchParams({ answer: 'approve' }) });
		expect((await emailTo(bench.simulator, 'ann@example.com')).subject).toBe('You get our emails again');
		expect(suppressed()).toEqual([]);
		await fetch(link, { method: 'POST', body: new URLSearchParams({ answer: 'approve' }) });
		expect(emailsTo(bench.simulator, 'ann@example.com')).toHaveLength(1);
	});

	it('keeps the suppression if the team declines, and if somebody forges a link', async () => {
		unsubscribe('ann@example.com');
		await bench.run('resubscribe-by-request');
		await ask('ann@example.com');
		await emailTo(bench.simulator, 'team@shop.example');
		const [link = ''] = linksTo(bench.simulator, 'team@shop.example');
		const forged = await fetch(`${link.slice(0, -4)}AAAA`, { method: 'POST', body: 'answer=approve' });
		expect(forged.status).toBeGreaterThanOrEqual(400);
		await fetch(link, { method: 'POST', body: new URLSearchParams({ answer: 'decline' }) });
		await bench.settled();
		expect(suppressed()).toEqual(['ann@example.com']);
		expect(emailsTo(bench.simulator, 'ann@example.com')).toEqual([]);
	});

	it('says the same to everyone, and asks the team only about people who unsubscribed', async () => {
		unsubscribe('bounced@example.com', 'bounce');
		unsubscribe('angry@example.com', 'spam');
		unsubscribe('angry@example.com');
		await bench.run('resubscribe-by-request');
		for (const address of ['bounced@example.com', 'angry@example.com', 'nobody@example.com']) {
			const response = await ask(address);
			expect([response.status, await response.text()]).toEqual([200, 'Thank you. We will check your request.']);
		}
		await looked(3);
		await bench.settled();
		expect(bench.simulator.state.emails).toEqual([]);
		expect(suppressed()).toHaveLength(3);
	});

	it('asks once about an address, and stops a flood', async () => {
		unsubscribe('ann@example.com');
		await bench.run('resubscribe-by-request');
		const statuses = await Promise.all(
			Array.from({ length: 5 }, async () => (await ask('ann@example.com')).status),
		);
		expect(statuses.sort()).toEqual([200, 200, 200, 429, 429]);
		await emailTo(bench.simulator, 'team@shop.example');
		await bench.settled();
		expect(emailsTo(bench.simulator, 'team@shop.example')).toHaveLength(1);
	});

	it.each(['ann@example.com, bob@example.com', 'example.com', '*', ['ann@example.com'], { a: 1 }, null])(
		'refuses %j',
		async (address) => {
			await bench.run('resubscribe-by-request');
			expect((await ask(address)).status).toBe(400);
			await bench.settled();
			expect(bench.simulator.state.requests.filter(({ path }) => path.startsWith('/suppression'))).toEqual([]);
		},
	);
});

describe('one-time code by SMS', () => {
	const send = (user: unknown) => json('/code/send', { user, phone: '+14155559999', to: '+14155559999' });
	const verify = async (user: unknown, code: unknown) => (await json('/code/verify', { user, code })).status;
	const texts = () => bench.simulator.state.sms;
	/** The code in the newest text message. */
	async function codeAfter(count = 1): Promise<string> {
		const { content } = await bench.simulator.waitFor(({ sms }) => sms[count - 1]);
		return /\b\d{6}\b/.exec(content)?.[0] ?? '';
	}
	const stored = () => JSON.stringify(flowVariable('ot.check', 'codes'));

	it('lets somebody in with the code, once, and stores only its hash', async () => {
		await bench.run('one-time-code-by-sms');
		expect((await send('ann')).status).toBe(202);
		const code = await codeAfter();
		expect(texts()).toMatchObject([{ destination: '+14155550123' }]);
		expect(stored()).toMatch(/"hash":"[0-9a-f]{64}"/);
		expect(stored()).not.toContain(code);
		expect(await verify('ann', code)).toBe(200);
		expect(await verify('ann', code)).toBe(401);
		expect(stored()).toBe('{}');
	});

	it('lets in one of several who use the code at the same time', async () => {
		await bench.run('one-time-code-by-sms');
		await send('ann');
		const code = await codeAfter();
		const all = await Promise.all([1, 2, 3].map(() => verify('ann', code)));
		expect(all.sort()).toEqual([200, 401, 401]);
	});

	it('is void after 5 tries, also if they come at the same time, and after 5 minutes', async () => {
		await bench.run('one-time-code-by-sms');
		await send('ann');
		const code = await codeAfter();
		const wrong = code === '000000' ? '000001' : '000000';
		expect(await Promise.all(Array.from({ length: 8 }, () => verify('ann', wrong)))).toEqual(Array(8).fill(401));
		expect(await verify('ann', code)).toBe(401);
		setClock(61_000);
		await send('ann');
		const second = await codeAfter(2);
		setClock(61_000 + 300_001);
		expect(await verify('ann', second)).toBe(401);
	});

	it('makes only some hashes at once, and lets people in after a flood', async () => {
		await bench.run('one-time-code-by-sms');
		await send('ann');
		const code = await codeAfter();
		const flood = await Promise.all(Array.from({ length: 60 }, () => verify('nobody', '123456')));
		expect([...new Set(flood)].sort()).toEqual([401, 429]);
		expect(await verify('ann', code)).toBe(200);
	});

	it('sends nothing for a stranger, says the same, and ends with the old code if a new one is sent', async () => {
		await bench.run('one-time-code-by-sms');
		const known = await send('ann');
		const old = await codeAfter();
		for (const user of ['nobody', '__proto__', 'constructor', ['ann'], { ann: 1 }, null, 7]) {
			const answer = await send(user);
			expect([answer.status, await answer.text()]).toEqual([202, await known.clone().text()]);
			expect(await verify(user, old)).toBe(401);
		}
		expect(await verify('ann', [old])).toBe(401);
		expect(await verify('ann', `${old} `)).toBe(401);
		await bench.settled();
		expect(texts()).toHaveLength(1);
		setClock(61_000);
		await send('ann');
		const code = await codeAfter(2);
		expect(await verify('ann', old)).toBe(old === code ? 200 : 401);
	});

	it('sends a user one code a minute and ten a day', async () => {
		await bench.run('one-time-code-by-sms');
		await Promise.all([send('ann'), send('ann'), send('ann')]);
		await codeAfter();
		for (let minute = 1; minute <= 12; minute++) {
			setClock(minute * 61_000);
			await send('ann');
			await bench.settled();
		}
		await bench.simulator.waitFor(({ sms }) => sms.length >= 10);
		await bench.settled();
		expect(texts()).toHaveLength(10);
		setClock(86_400_001 + 61_000);
		await send('ann');
		await codeAfter(11);
	});
});
