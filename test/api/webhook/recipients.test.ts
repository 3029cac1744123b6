/**
 * Whom an event is about, who sent it, and what it says in words: a flow suppresses the recipient, so a wrong one does
 * damage.
 */
import fc from 'fast-check';
import { bareAddress, parseBody, passes, readDelivery, readFilter, type DeliveredEvent } from '../../../api';

const read = (raw: Record<string, unknown>, headers: readonly string[] = []): DeliveredEvent => {
	const delivery = readDelivery(raw, headers);
	if (!delivery) throw new Error('no event');
	return delivery.event;
};
const form = (text: string) => read(parseBody(text, 'application/x-www-form-urlencoded') ?? {});
const BAD = 'bad@example.com';
const GOOD = 'good@example.com';

const emailEvents = [
	'processed',
	'delivered',
	'open',
	'click',
	'bounce',
	'spam',
	'unsubscribe',
	'resubscribe',
	'reject',
	'brand_new',
];

describe.each(emailEvents)('%s', (event) => {
	test.each<[string, Record<string, unknown>, string[]]>([
		['beside a list of several', { rcpt: BAD, recipients: [GOOD, BAD] }, [GOOD, BAD]],
		['beside a list of one other', { rcpt: BAD, recipients: [GOOD] }, [GOOD, BAD]],
		['beside a list that spells it otherwise', { rcpt: BAD, recipients: [GOOD, 'BAD@example.com'] }, [GOOD, BAD]],
		['beside an empty phone number', { rcpt: BAD, destination_number: '' }, [BAD]],
		['beside a list as text', { rcpt: BAD, recipients: `${GOOD}; ${BAD}` }, [GOOD, BAD]],
		['alone', { rcpt: BAD }, [BAD]],
		['in a list of one', { rcpt: [BAD], recipients: [GOOD] }, [GOOD, BAD]],
		['with a name', { rcpt: `"Doe, Bad" <${BAD}>` }, [BAD]],
		['in an object', { rcpt: { name: 'Bad', email: BAD } }, [BAD]],
		['in an object of a list', { rcpt: [{ name: 'Bad', address: BAD }] }, [BAD]],
		['in an object with both', { rcpt: { email: BAD, address: GOOD } }, [BAD]],
		['with a name that has a comma', { rcpt: `Doe, Bad <${BAD}>` }, [BAD]],
		['twice, in another case', { rcpt: [BAD, 'Bad@Example.com'] }, [BAD]],
		[
			'under another name',
			{ recipient: BAD, recipients: [GOOD, 'best@example.com'] },
			[GOOD, 'best@example.com', BAD],
		],
		['twice, under two names', { rcpt: BAD, recipient: BAD.toUpperCase() }, [BAD]],
		['beside a header of that name that the hook asks for', { rcpt: BAD, recipient: GOOD }, [BAD]],
	])('names its recipient %s', (_, raw, recipients) => {
		expect(
			read(
				{ event, ...raw },
				['recipient'].filter(() => raw['recipient'] === GOOD),
			),
		).toMatchObject({ recipient: BAD, recipients });
	});

	test.each<[string, Record<string, unknown>, string[]]>([
		['several', { rcpt: [BAD, GOOD] }, [BAD, GOOD]],
		['several with the same digits', { rcpt: ['a1@x.org', 'b1@x.org'] }, ['a1@x.org', 'b1@x.org']],
		['several that only capitals would make one', { rcpt: ['ß@x.org', 'ss@x.org'] }, ['ß@x.org', 'ss@x.org']],
		['one beside half an address', { rcpt: `joe@, Bad <${BAD}>` }, ['joe@', BAD]],
		['a list in a list', { rcpt: [JSON.stringify([BAD])] }, [JSON.stringify([BAD])]],
		['one under a key that only looks like a list', { '[0]rcpt': BAD, 'rc[0]pt': BAD, 'rcpt[0]x': BAD }, []],
		['several in a text', { rcpt: `${BAD},${GOOD}` }, [BAD, GOOD]],
		['several in JSON text', { rcpt: JSON.stringify([BAD, GOOD]) }, [BAD, GOOD]],
		['another under another name', { rcpt: BAD, recipient: GOOD }, [BAD, GOOD]],
		['what is no address', { rcpt: 'undisclosed' }, ['undisclosed']],
		['nobody', { rcpt: 'Unavailable' }, []],
		['nobody, beside a list of several', { recipients: [GOOD, BAD] }, [GOOD, BAD]],
		['nobody, with empty values', { rcpt: '', recipient: null, recipients: [] }, []],
	])('has no recipient where it names %s', (_, raw, recipients) => {
		expect(read({ event, ...raw })).toMatchObject({ recipient: null, recipients });
	});

	test('takes the one of the list only where it is about the whole mail', () => {
		expect(read({ event, recipients: [GOOD] })).toMatchObject({
			recipient: event === 'processed' ? GOOD : null,
			recipients: [GOOD],
		});
	});
});

describe('a form names its recipient', () => {
	test.each<[string, string, string | null, string[]]>([
		['beside a list with commas', `rcpt=${BAD}&recipients=${GOOD}%2C${BAD}`, BAD, [GOOD, BAD]],
		['beside a list with semicolons', `rcpt=${BAD}&recipients=${GOOD}%3B%20${BAD}`, BAD, [GOOD, BAD]],
		[
			'beside a repeated key',
			`rcpt=${BAD}&recipients=${GOOD}&recipients=best@example.com`,
			BAD,
			[GOOD, 'best@example.com', BAD],
		],
		[
			'beside keys with brackets',
			`rcpt=${BAD}&recipients[]=${GOOD}&recipients[]=best@example.com`,
			BAD,
			[GOOD, 'best@example.com', BAD],
		],
		[
			'beside numbered keys',
			`rcpt=${BAD}&recipients[0]=${GOOD}&recipients[1]=best@example.com`,
			BAD,
			[GOOD, 'best@example.com', BAD],
		],
		[
			'beside a list in JSON',
			`rcpt=${BAD}&recipients=${encodeURIComponent(JSON.stringify([GOOD, BAD]))}`,
			BAD,
			[GOOD, BAD],
		],
		['never where it is repeated with another', `rcpt=${BAD}&rcpt=${GOOD}`, null, [BAD, GOOD]],
	])('%s', (_, text, recipient, recipients) => {
		expect(form(`event=bounce&bounce=hard&${text}`)).toMatchObject({ kind: 'hard-bounced', recipient, recipients });
	});

	test('and the entries of its list are cut too', () => {
		expect(
			read({ event: 'processed', recipients: ['a@x.org', 'b@x.org; c@x.org', '"Doe, D" <d@x.org>'] }).recipients,
		).toEqual(['a@x.org', 'b@x.org', 'c@x.org', 'd@x.org']);
	});

	test("as Node-RED's own parser makes it of many keys", () => {
		expect(read({ event: 'processed', recipients: { 0: 'a@x.org', 1: 'b@x.org' } }).recipients).toEqual([
			'a@x.org',
			'b@x.org',
		]);
	});
});

describe.each(['sms_delivered', 'sms_failed', 'sms_rejected', 'sms_sending', 'sms_submitted', 'opt-out'])(
	'%s',
	(event) => {
		test.each<[string, Record<string, unknown>, string | null, string[]]>([
			['a text', { destination_number: '+64211' }, '+64211', ['+64211']],
			['a number', { destination_number: 64211234567 }, '64211234567', ['64211234567']],
			['a list of one', { destination_number: ['+64211'] }, '+64211', ['+64211']],
			[
				'one beside the list of all',
				{ destination_number: '+64211', recipients: ['+1', '+64211'] },
				'+64211',
				['+1', '+64211'],
			],
			['one in two forms', { destination_number: '+64 211', recipient: '64211' }, '+64 211', ['+64 211']],
			['several', { destination_number: ['+64211', '+64212'] }, null, ['+64211', '+64212']],
			['several in a text', { destination_number: '+64211,+64212' }, null, ['+64211', '+64212']],
			[
				'another under another name',
				{ destination_number: '+64211', rcpt: '+64212' },
				null,
				['+64211', '+64212'],
			],
		])('names its number as %s', (_, raw, recipient, recipients) => {
			expect(read({ event, ...raw })).toMatchObject({ channel: 'sms', recipient, recipients });
		});
	},
);

test('two recipients of one email whose events have the same id are two events', async () => {
	const { SeenEvents } = await import('../../../api');
	const seen = new SeenEvents();
	const events = [BAD, GOOD].map((rcpt) => read({ event: 'bounce', id: 'same', rcpt, recipients: [BAD, GOOD] }));
	expect(events.map((event) => seen.isDuplicate(event))).toEqual([false, false]);
	expect(events.map((event) => seen.isDuplicate(event))).toEqual([true, true]);
});

describe('the sender', () => {
	test.each<[Record<string, unknown>, string | null]>([
		[{ from: 'Shop <shop@example.com>' }, 'shop@example.com'],
		[{ from: '"Shop, Inc." <shop@example.com>' }, 'shop@example.com'],
		[{ from: 'Shop, Inc. <shop@example.com>' }, 'shop@example.com'],
		[{ from: 'shop@example.com' }, 'shop@example.com'],
		[{ from_address: 'shop@example.com', from: 'Other <other@example.com>' }, 'shop@example.com'],
		[{ from_address: '', from: 'Shop <shop@example.com>' }, 'shop@example.com'],
		[{ sender: '<bounces@example.com>' }, 'bounces@example.com'],
		[{ from: 'nobody' }, 'nobody'],
		[{}, null],
	])('of %j is %s', (raw, sender) => {
		expect(read({ event: 'open', ...raw }).sender).toBe(sender);
	});

	test.each(['shop@example.com', 'Shop <shop@example.com>', 'example.com', '@Example.com'])(
		'fits a filter on %s',
		(asked) => {
			const delivery = readDelivery({ event: 'open', from: 'The Shop <Shop@example.com>' }, []);
			expect(delivery && passes(delivery, readFilter({ filter_senders: [asked] }))).toBe(true);
		},
	);
});

describe('in words', () => {
	test.each<[Record<string, unknown>, string | null]>([
		[{ event: 'bounce', bounce: 'hard', message: '550 5.1.1 user unknown' }, '550 5.1.1 user unknown'],
		[{ event: 'bounce', bounce: 'soft', message: ' 452 full\n' }, '452 full'],
		[{ event: 'bounce', message: '550' }, '550'],
		[{ event: 'reject', message: 'sender not verified' }, 'sender not verified'],
		[{ event: 'brand_new', message: 'deferred' }, 'deferred'],
		[{ event: 'sms_failed', message: 'no route' }, 'no route'],
		[{ event: 'bounce', message: 'Unavailable' }, null],
		[{ event: 'reject', message: 'unavailable ' }, null],
		[{ event: 'bounce', message: '' }, null],
		[{ event: 'bounce' }, null],
		[{ event: 'bounce', message: ['550'] }, null],
		[{ event: 'delivered', message: '250 OK' }, null],
		[{ event: 'unsubscribe', message: BAD }, null],
		[{ event: 'spam', message: BAD }, null],
		[{ event: 'open', message: 'Unavailable' }, null],
		[{ event: 'sms_delivered', message_content: 'Hello' }, null],
		[{ event: 'bounce', message: 'Headers Unavailable' }, null],
	])('the reason of %j is %j', (raw, reason) => {
		expect(read(raw)).toMatchObject({ reason, link: null });
	});

	test.each<[Record<string, unknown>, string | null]>([
		[{ event: 'click', url: 'https://example.com/a?b=1&c=2' }, 'https://example.com/a?b=1&c=2'],
		[{ event: 'clicked', link: 'https://example.com/' }, 'https://example.com/'],
		[{ event: 'click', url: 'Unavailable' }, null],
		[{ event: 'click' }, null],
		[{ event: 'open', url: 'https://example.com/' }, null],
	])('the link of %j is %j', (raw, link) => {
		expect(read(raw)).toMatchObject({ link, reason: null });
	});
});

describe('whatever is posted', () => {
	const value = fc.oneof(
		fc.string(),
		fc.constantFrom(BAD, GOOD, `Bad <${BAD}>`, `${BAD};${GOOD}`, 'Unavailable', '+64211', ''),
		fc.integer(),
		fc.array(fc.oneof(fc.emailAddress(), fc.string())),
		fc.object({ maxDepth: 2 }),
		fc.constant(null),
	);
	const key = fc.constantFrom(
		'rcpt',
		'recipient',
		'rcpt_to',
		'recipients',
		'recipients[]',
		'destination_number',
		'bounce',
		'message',
		'url',
		'from',
		'from_address',
		'id',
		'time',
	);
	const raw = fc
		.tuple(fc.constantFrom(...emailEvents, 'sms_failed', 'constructor'), fc.dictionary(key, value))
		.map(([event, more]) => ({ ...more, event }));

	test('is read without a throw, and the recipient is among the recipients and one address', () => {
		fc.assert(
			fc.property(raw, (body) => {
				const { recipient, recipients, channel } = read(body);
				if (recipient === null) return;
				expect(recipients).toContain(recipient);
				if (channel === 'email') expect(bareAddress(recipient)).toBe(recipient);
			}),
			{ seed: 11, numRuns: 2_000 },
		);
	});

	test('an address that is named alone is the recipient, whatever the list says', () => {
		fc.assert(
			fc.property(
				fc.emailAddress(),
				fc.constantFrom(...emailEvents),
				fc.array(fc.emailAddress()),
				fc.boolean(),
				(address, event, recipients, isList) => {
					const written = isList ? [address] : address;
					expect(read({ event, rcpt: written, recipients }).recipient).toBe(address);
				},
			),
			{ seed: 12, numRuns: 1_000 },
		);
	});
});
