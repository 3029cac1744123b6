/** Which part of one response belongs to which text message, and which entry of the activity to which email. */
import { sendChecked, sendEmail, sendSms, withMessageKey, type BuiltRequest, type JsonObject } from '../../../api';
import { data, FakeHost, fault } from '../support/fake-host';
import { mailOf, textOf } from '../support/bulk';

const ONE = '+14155550101';
const TWO = '+14155550102';
const texts = [textOf(ONE), textOf(TWO)];
const sharesOf = async (answer: JsonObject) => sendSms(new FakeHost(() => data(answer)).connection, texts);

describe('a text message gets', () => {
	test('its own entry, with its own states counted', async () => {
		const entry = (destination: string, status: string) => ({ destination, status });
		expect(
			await sendSms(
				new FakeHost(() =>
					data({
						total_sent: 3,
						messages: [entry(ONE, 'queued'), entry(TWO, 'sent'), entry('+14155550103', 'sent'), null],
					}),
				).connection,
				[textOf(ONE), textOf(`${TWO}, +14155550103`)],
			),
		).toMatchObject([
			{ ok: true, value: { total_sent: 1, statuses: { queued: 1 }, messages: [entry(ONE, 'queued')] } },
			{ ok: true, value: { total_sent: 2, statuses: { sent: 2 } } },
		]);
	});

	test('the one state that all have, a state of none not counted', async () => {
		const share = { ok: true, value: { total_sent: 1, statuses: { queued: 1 }, encoding: 'GSM-7', units: 1 } };
		expect(await sharesOf({ total_sent: 2, statuses: { queued: 2, failed: 0 }, messages: [] })).toEqual([
			share,
			share,
		]);
	});

	test.each<[string, JsonObject]>([
		['fewer were sent than asked for', { total_sent: 1, statuses: { queued: 2 } }],
		['no state is told', { total_sent: 2, statuses: {} }],
		['only states of none are told', { total_sent: 2, statuses: { queued: 0 } }],
		['two states are told', { total_sent: 2, statuses: { queued: 1, sent: 1 } }],
	])('an unknown outcome where %s', async (_what, answer) => {
		for (const outcome of await sharesOf(answer))
			expect(outcome).toMatchObject({
				ok: false,
				error: {
					type: 'outcomeUnknown',
					details: { requestId: 'r-1', endpoint: '/sms/send', httpStatus: 200 },
				},
			});
	});
});

describe('an entry of the activity is about an email', () => {
	const keyed = withMessageKey(mailOf());
	if (!keyed.ok) throw keyed.error;
	const email = keyed.value;
	const key = (email.fields['custom_headers'] as JsonObject[])[0]?.['value'] as string;

	const lookedUp = async (entry: unknown) => {
		const host = new FakeHost(({ url }, count) =>
			url.endsWith('search')
				? data({ events: [entry], total_events: 1 })
				: count === 1
					? fault('unknown', 'ECONNRESET')
					: data({ succeeded: 1, email_id: 'again' }),
		);
		const [outcome] = await sendChecked(host.connection, [email], async ([one]) => [
			await sendEmail(host.connection, one as BuiltRequest),
		]);
		return { outcome, host };
	};

	test.each<[string, unknown, string]>([
		['whose header names it', { email_id: 'E1', headers: `Subject: x\nX-Message-Key: ${key}\nTo: y` }, 'E1'],
		['in whatever case', { email_id: 'E1', headers: `x-message-key:${key.toUpperCase()}  ` }, 'E1'],
		['whose asked headers hold it', { email_id: 'E1', custom_headers: { 'X-Message-Key': key } }, 'E1'],
		['and not one that only mentions it', { email_id: 'E1', headers: `Subject: X-Message-Key: ${key}` }, 'again'],
		['or has a longer key', { email_id: 'E1', headers: `X-Message-Key: ${key}0` }, 'again'],
		['or has headers that are no text', { email_id: 'E1', headers: [`X-Message-Key: ${key}`] }, 'again'],
		['or has none', { email_id: 'E1' }, 'again'],
		['or is none', null, 'again'],
	])('%s', async (_what, entry, id) => {
		const { outcome } = await lookedUp(entry);
		expect(outcome).toMatchObject({ ok: true, value: { email_id: id } });
	});

	test('and the search asks for exactly that header, and shows the others', async () => {
		const { host } = await lookedUp({ email_id: 'E1', headers: `X-Message-Key: ${key}` });
		expect(JSON.parse(String(host.sent[1]?.body))).toMatchObject({
			custom_headers: ['X-Message-Key'],
			include_headers: true,
		});
	});
});
