/** What the trigger lets through, and on which output it comes out. */
import { eventGroups } from '../../../api';
import { Smtp2goTrigger } from '../../../nodes/Smtp2go/Smtp2goTrigger.node';
import { useAccount } from '../support/account';
import { runTrigger } from '../support/engine';
import { Trigger } from '../support/trigger';

const account = useAccount({ probe: 'none' });

const events = ['bounce', 'click', 'delivered', 'open', 'processed', 'reject', 'spam', 'unsubscribe'];
const mail = {
	id: 'e'.repeat(32),
	rcpt: 'jane@example.com',
	from_address: 'shop@example.com',
	subject: 'Your order 7',
	auth: 'shop',
	'X-Tenant': 'acme',
};

async function active(options: object): Promise<Trigger> {
	const trigger = new Trigger({
		credentials: account.credentials,
		parameters: { events, smsEvents: ['failed'], options: options as never },
	});
	await trigger.activate();
	return trigger;
}

test.each<[string, object, object, boolean]>([
	['a hard bounce where hard ones are asked for', { bounceType: 'hard' }, { event: 'bounce', bounce: 'hard' }, true],
	['a soft bounce where hard ones are asked for', { bounceType: 'hard' }, { event: 'bounce', bounce: 'soft' }, false],
	['an open where hard bounces are asked for', { bounceType: 'hard' }, { event: 'open' }, true],
	['an email from a domain asked for', { filterSenders: 'other@example.org, example.com' }, { event: 'open' }, true],
	['an email from nobody asked for', { filterSenders: 'other@example.org' }, { event: 'open' }, false],
	['a subject with the text', { filterSubject: 'ORDER' }, { event: 'open' }, true],
	['a subject without the text', { filterSubject: 'invoice' }, { event: 'open' }, false],
	[
		'an email with the header value',
		{ filterHeaders: { headers: [{ header: 'x-tenant', value: 'acme' }] } },
		{ event: 'open' },
		true,
	],
	[
		'an email with another header value',
		{ filterHeaders: { headers: [{ header: 'X-Tenant', value: 'other' }] } },
		{ event: 'open' },
		false,
	],
	[
		'an email with the header value given as JSON',
		{ filterHeaders: { json: [{ headers: '{"X-Tenant":"acme"}' }] } },
		{ event: 'open' },
		true,
	],
	[
		'a header without a name asks for nothing',
		{ filterHeaders: { headers: [{ header: '', value: '' }] } },
		{ event: 'open' },
		true,
	],
])('the filter, %s', async (_, options, event, starts) => {
	const { status, result } = await (await active(options)).deliverSigned(JSON.stringify({ ...mail, ...event }));
	expect(status).toBeUndefined();
	expect(result.workflowData === undefined).toBe(!starts);
});

test('an event that is new arrives as one of kind "unknown" where all are asked for, and otherwise not', async () => {
	const body = JSON.stringify({ ...mail, event: 'brand_new' });
	expect((await (await active({})).deliverSigned(body)).result.workflowData?.[0]?.[0]?.json).toMatchObject({
		kind: 'unknown',
		raw: { event: 'brand_new' },
	});
	const some = new Trigger({ credentials: account.credentials, parameters: { events: events.slice(1) } });
	await some.activate();
	expect((await some.deliverSigned(body)).result).toEqual({});
});

test('a header that events are filtered by is one that SMTP2GO is asked to repeat, once', async () => {
	await active({
		headers: 'X-Order-ID, X-TENANT',
		filterHeaders: {
			headers: [
				{ header: 'X-Tenant', value: 'acme' },
				{ header: 'X-Shop', value: '1' },
			],
		},
	});
	expect(account.simulator.state.hooks[0]?.headers).toEqual(['X-Order-ID', 'X-TENANT', 'X-Shop']);
});

test('users are filtered by SMTP2GO itself: nothing of others is delivered', async () => {
	await active({ usernames: 'shop' });
	expect(account.simulator.state.hooks[0]?.usernames).toEqual(['shop']);
});

test('the outputs are one, or one for each group with its name', async () => {
	const { outputs } = new Smtp2goTrigger().description;
	const { shown } = await runTrigger({ outputMode: 'kind' }, { kind: 'opened' });
	expect(shown).toEqual(eventGroups.map(({ label }) => ({ type: 'main', displayName: label })));
	expect((await runTrigger({}, { kind: 'opened' })).shown).toEqual(['main']);
	expect(outputs).toMatch(/^=\{\{ \$parameter\["outputMode"\]/);
});

const cases: [object, string][] = [
	[{ kind: 'delivered' }, 'delivered'],
	[{ kind: 'opened' }, 'engaged'],
	[{ kind: 'clicked' }, 'engaged'],
	[{ kind: 'hard-bounced' }, 'hardBounce'],
	[{ kind: 'soft-bounced' }, 'softBounce'],
	[{ kind: 'spam' }, 'complaint'],
	[{ kind: 'unsubscribed' }, 'unsubscribed'],
	[{ kind: 'rejected' }, 'rejected'],
	[{ channel: 'sms', kind: 'sms-failed' }, 'sms'],
	[{ kind: 'processed' }, 'other'],
	[{ kind: 'resubscribed' }, 'other'],
	[{ kind: 'unknown' }, 'other'],
	[{ kind: '__proto__' }, 'other'],
	[{}, 'other'],
];
test.each(cases.flatMap(([json, group]) => (['v0', 'v1'] as const).map((order) => [json, group, order] as const)))(
	'%j comes out at "%s" alone (execution order %s)',
	async (json, group, order) => {
		const { data } = await runTrigger({ outputMode: 'kind' }, json, order);
		expect(
			data.flatMap((items, index) => (items?.length ? [[eventGroups[index]?.value, items[0]?.json]] : [])),
		).toEqual([[group, json]]);
	},
);

test('with one output everything comes out there', async () => {
	const { data } = await runTrigger({ outputMode: 'single' }, { channel: 'sms', kind: 'sms-failed' });
	expect(data).toEqual([[expect.objectContaining({ json: { channel: 'sms', kind: 'sms-failed' } })]]);
});
