/** Text messages in n8n's own engine: their units, the limits of units, and numbers without a country code. */
import type { INodeParameters } from 'n8n-workflow';
import { useAccount } from '../support/account';
import { runNode } from '../support/engine';

const account = useAccount();
const base = {
	resource: 'sms',
	operation: 'send',
	destination: '={{ $json.to ?? "+14155550123" }}',
	content: '={{ $json.text ?? "Hi" }}',
};

async function send(sendingOptions: object, items: object[] = [{}], parameters: object = {}, extra: object = {}) {
	return runNode({
		parameters: { ...base, sendingOptions, ...parameters } as INodeParameters,
		credentials: account.credentials,
		items: items.map((json) => ({ json: json as never })),
		...extra,
	});
}
const calls = () => account.bodies('/sms/send');
const long = 'a'.repeat(161);

test.each(['each', 'batch'])(
	'the result has the encoding and the units, of each number and in total (%s)',
	async (sendMode) => {
		const { items } = await send({}, [{ to: '+14155550101, +14155550102', text: long }, { text: '日本' }], {
			sendMode,
		});
		expect(items.map(({ json }) => [json['encoding'], json['units']])).toEqual([
			['GSM-7', 4],
			['UCS-2', 1],
		]);
		expect((items[0]?.json['messages'] as { units: number }[]).map(({ units }) => units)).toEqual([2, 2]);
	},
);

test('a dry run shows the units', async () => {
	const { items } = await send({ dryRun: true }, [{ to: '+14155550101, +14155550102', text: long }]);
	expect(items[0]?.json).toMatchObject({ dryRun: true, encoding: 'GSM-7', unitsPerNumber: 2, numbers: 2, units: 4 });
	expect(calls()).toEqual([]);
});

test('one hint for all items names the characters that cost more', async () => {
	const { hints } = await send({}, [{ text: `“${long}` }, { text: `’${long}` }, {}]);
	expect(hints.map(({ message }) => message)).toEqual([
		'“ (use ") and ’ (use \') need Unicode: 70 characters per unit instead of 160. That makes 6 units instead of ' +
			'4. To replace quotes, dashes and spaces, turn on Replace Typographic Characters',
	]);
});

test('Replace Typographic Characters sends plain ones', async () => {
	const { items, hints } = await send({ plainText: true }, [{ text: '“It’s” – on…' }]);
	expect(calls().map(({ content }) => content)).toEqual(['"It\'s" - on...']);
	expect([items[0]?.json['encoding'], hints]).toEqual(['GSM-7', []]);
});

describe.each(['each', 'batch'])('Maximum Units per SMS (%s)', (sendMode) => {
	test('fails before the long text is sent', async () => {
		const { error } = await send({ maxUnits: 1 }, [{ text: long }], { sendMode });
		expect(error?.message).toBe('The text message has 2 units, but at most 1 is allowed');
		expect(error?.description).toContain('Nothing was sent');
		expect(calls()).toEqual([]);
	});

	test('is counted for one number, not for all', async () => {
		const { error } = await send({ maxUnits: 1 }, [{ to: '+14155550101,+14155550102' }], { sendMode });
		expect([error, calls().length]).toEqual([undefined, 1]);
	});
});

describe.each(['each', 'batch'])('Maximum Units per Run (%s)', (sendMode) => {
	const people = [{ to: '+14155550101' }, { to: '+14155550102,+14155550103' }, { to: '+14155550104' }];

	test('sends nothing at all if the items together have more', async () => {
		const { error } = await send({ maxRunUnits: 3 }, people, { sendMode });
		expect(error?.message).toBe('The run would send 4 units to 4 phone numbers, but at most 3 are allowed');
		expect(error?.description).toContain('Nothing was sent');
		expect(calls()).toEqual([]);
	});

	test('sends all of a run within it', async () => {
		const { items, error } = await send({ maxRunUnits: 4 }, people, { sendMode });
		expect([error, items.length]).toEqual([undefined, 3]);
	});

	test('sends the items that fit if the workflow goes on', async () => {
		const { items } = await send({ maxRunUnits: 2 }, people, { sendMode }, { onError: 'continueRegularOutput' });
		expect(items.map(({ json }) => ('units' in json ? json['units'] : String(json['error'])))).toEqual([
			1,
			expect.stringContaining('The run would send 4 units'),
			1,
		]);
		expect(
			calls()
				.flatMap(({ destination }) => destination as string[])
				.sort(),
		).toEqual(['+14155550101', '+14155550104']);
	});

	test('an invalid item stops the run before the first call', async () => {
		const { error } = await send({ maxRunUnits: 100 }, [{}, { to: '12' }], { sendMode });
		expect(error?.message).toContain('is not a valid phone number');
		expect(calls()).toEqual([]);
	});
});

describe('Default Country', () => {
	test('adds the country code, item by item', async () => {
		const { error } = await send({ defaultCountry: '={{ $json.country }}' }, [
			{ to: '021 555 0123', country: 'NZ' },
			{ to: '07700 900123', country: 'GB' },
		]);
		expect(error).toBeUndefined();
		expect(calls().map(({ destination }) => destination)).toEqual([['+64215550123'], ['+447700900123']]);
	});

	test('an ambiguous number is not sent, and the error says why', async () => {
		const { error } = await send({ defaultCountry: 'DE' }, [{ to: '15212345678' }]);
		expect(error?.message).toContain('It could be +4915212345678 (Germany) or +15212345678 (Canada)');
		expect(calls()).toEqual([]);
	});

	test('a country that is not in the list is refused', async () => {
		const { error } = await send({ defaultCountry: '={{ "Atlantis" }}' }, [{ to: '021 555 0123' }]);
		expect(error?.message).toMatch(/^Default Country must be one of .* or 50 others$/);
	});
});
