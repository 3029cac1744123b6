/**
 * The original of an archived email: fetched only where it is asked for, from where the answer says, and never with the
 * key.
 */
import { operationOf, run, type Connection, type FileOutcome, type FileRequest } from '../../../api';
import { data, FakeHost } from '../support/fake-host';

const get = operationOf('archive', 'get');
const EML = Buffer.from('From: shop@example.com\r\n\r\nHello');
const LINK = 'https://files.smtp2go.com/archive/1u0SwL?signature=abc';

async function ask(
	url: unknown,
	answers: FileOutcome[] = [{ answered: true, status: 200, bytes: EML }],
	values: object = { download: true },
	baseUrl = 'https://api.smtp2go.com/v3',
) {
	const fetched: FileRequest[] = [];
	const host = new FakeHost(() => data({ email_id: '1u0SwL-B9/../x', subject: 'Hi', url }));
	const download = async (request: FileRequest): Promise<FileOutcome> => {
		fetched.push(request);
		return answers[fetched.length - 1] ?? answers.at(-1) ?? { answered: false, code: 'NONE', message: 'none' };
	};
	const connection: Connection = { ...host.connection, host: Object.assign(host, { download }), baseUrl };
	return { outcome: await run(connection, get, { email_id: '1u0SwL', ...values }), fetched, host };
}

test('comes with its name, type and bytes, by one GET to the link alone', async () => {
	const { outcome, fetched, host } = await ask(LINK);
	expect(outcome).toMatchObject({
		ok: true,
		value: {
			result: { subject: 'Hi', url: LINK },
			file: { filename: '1u0SwL-B9-..-x.eml', mimetype: 'message/rfc822', content: EML },
		},
	});
	expect(fetched).toEqual([{ url: LINK, timeoutMs: 120_000, mostBytes: 64_000_000, signal: undefined }]);
	expect(JSON.parse(String(host.sent[0]?.body))).toEqual({ email_id: '1u0SwL' });
});

test.each([{}, { download: false }, { download: 'false' }, { download: '' }])(
	'is not fetched with %j',
	async (values) => {
		const { outcome, fetched } = await ask(LINK, undefined, values);
		expect(outcome).toMatchObject({ ok: true, value: { result: { url: LINK } } });
		expect(outcome.ok && outcome.value).not.toHaveProperty('file');
		expect(fetched).toEqual([]);
	},
);

test.each<[string, unknown, string]>([
	['no link', '...', 'no link'],
	['nothing', null, 'no link'],
	['a list', [LINK], 'no link'],
	['http', 'http://files.smtp2go.com/a', 'https://'],
	['a file of this machine', 'file:///etc/passwd', 'https://'],
	['this machine', 'https://localhost/a', 'private'],
	['this machine by number', 'https://2130706433/a', 'private'],
	['this machine by IPv6', 'https://[::ffff:127.0.0.1]/a', 'private'],
	['the network', 'https://192.168.1.1/a', 'private'],
	['what a cloud tells its machines', 'https://169.254.169.254/latest/meta-data', 'private'],
	['a name of the network', 'https://router/a', 'private'],
	['a login', 'https://user:pass@files.smtp2go.com/a', 'password'],
	['a script', 'javascript:alert(1)', 'https://'],
	['the right host by another port of http', 'http://api.smtp2go.com:81/a', 'https://'],
])('%s is not fetched from, and the error says why', async (_, url, why) => {
	const { outcome, fetched } = await ask(url);
	expect(outcome).toMatchObject({
		ok: false,
		error: { type: 'server', message: expect.stringContaining(why) as string },
	});
	expect(fetched).toEqual([]);
});

test('a server that stands for SMTP2GO may hold the file itself, and nobody else beside it', async () => {
	const own = await ask('http://127.0.0.1:8025/archive/1', undefined, undefined, 'http://127.0.0.1:8025/v3');
	expect([own.outcome.ok, own.fetched.length]).toEqual([true, 1]);
	const other = await ask('http://127.0.0.1:8026/archive/1', undefined, undefined, 'http://127.0.0.1:8025/v3');
	expect([other.outcome.ok, other.fetched.length]).toEqual([false, 0]);
});

test.each<[string, FileOutcome[], boolean, number]>([
	[
		'a fault in passing',
		[
			{ answered: false, code: 'ECONNRESET', message: 'reset' },
			{ answered: true, status: 200, bytes: EML },
		],
		true,
		2,
	],
	[
		'a server that is busy',
		[
			{ answered: true, status: 503, bytes: EML },
			{ answered: true, status: 429, bytes: EML },
			{ answered: true, status: 200, bytes: EML },
		],
		true,
		3,
	],
	['a server that stays busy', [{ answered: true, status: 503, bytes: EML }], false, 3],
	['a redirect, which is not followed', [{ answered: true, status: 302, bytes: Buffer.alloc(0) }], false, 1],
	['a link that is over', [{ answered: true, status: 404, bytes: Buffer.alloc(0) }], false, 1],
	['a file that is too large', [{ answered: false, code: 'EMSGSIZE', message: 'too large' }], false, 1],
])('%s is tried again where that helps', async (_, answers, ok, times) => {
	const { outcome, fetched } = await ask(LINK, answers);
	expect([outcome.ok, fetched.length]).toEqual([ok, times]);
	if (!outcome.ok)
		expect(outcome.error.message).toMatch(
			/^SMTP2GO found the email, but its file could not be downloaded: (the link returned HTTP status \d{3}|it is larger than 64,000,000 bytes)$/,
		);
});

test('a stop ends the trying', async () => {
	const stop = new AbortController();
	const host = Object.assign(
		new FakeHost(() => {
			stop.abort();
			return data({ email_id: 'E', url: LINK });
		}),
		{
			download: async (): Promise<FileOutcome> => {
				throw new Error('fetched');
			},
		},
	);
	expect(
		await run({ ...host.connection, signal: stop.signal }, get, { email_id: 'E', download: true }),
	).toMatchObject({ ok: false, error: { message: expect.stringContaining('canceled') as string } });
});
