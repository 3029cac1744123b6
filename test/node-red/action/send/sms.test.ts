/** Text messages in Node-RED: their units, the limits of units, and numbers without a country code. */
import type { Simulator } from '../../../../simulator';
import { actionFlow } from '../../support/flows';
import { delivered, inbox, key, load, logged, node, until } from '../../support/node-red';
import { useNodeRed } from '../../support/use-node-red';

let simulator: Simulator;
useNodeRed((started) => {
	({ simulator } = started);
});

const text = (value: string) => ({ type: 'str', value });
const number = (value: number) => ({ type: 'num', value: String(value) });
const long = 'a'.repeat(161);

/** Sends a text message for each payload, with these options. */
async function send(own: object, payloads: readonly object[], more: object = {}) {
	const from = (name: string) => ({ type: 'msg', value: `payload.${name}` });
	await load(
		actionFlow(simulator, 'smtp2go-sms', {
			operation: 'send',
			fields: { destination: from('to'), content: from('text'), ...own },
			...more,
		}),
		key(),
	);
	const [out, caught, statuses] = [inbox('out'), inbox('caught'), inbox('statuses')];
	for (const payload of payloads) node('n').receive({ payload: { to: '+14155550123', text: 'Hi', ...payload } });
	await until(() => out.messages.length + caught.messages.length >= payloads.length);
	await delivered();
	return {
		results: out.messages.map((msg) => msg.payload as Record<string, unknown>),
		errors: caught.messages.map(({ error }) => String(error?.message)),
		status: statuses.messages.at(-1)?.status?.text,
		sent: simulator.state.requests
			.filter(({ path }) => path === '/sms/send')
			.map(({ body }) => JSON.parse(body) as { destination: string[]; content: string }),
	};
}

test('the result and the status have the units', async () => {
	const { results, status } = await send({}, [{ to: '+14155550101,+14155550102', text: long }]);
	expect(results[0]).toMatchObject({ encoding: 'GSM-7', units: 4, messages: [{ units: 2 }, { units: 2 }] });
	expect(status).toContain('sentUnits');
});

test("SMTP2GO's own response is passed on unchanged", async () => {
	const { results, status } = await send({}, [{}], { output: 'raw' });
	expect(results[0]).not.toHaveProperty('units');
	expect(status).toContain('sentUnit');
});

test('a dry run shows the units', async () => {
	const { results, sent } = await send({ $dryRun: { type: 'bool', value: 'true' } }, [{ text: long }]);
	expect(results[0]).toMatchObject({ unitsPerNumber: 2, numbers: 1, units: 2 });
	expect(sent).toEqual([]);
});

test('characters that cost more are named once', async () => {
	await send({}, [{ text: `“${long}` }, { text: `“${long}` }]);
	const hints = logged(30).filter((line) => line.includes('Unicode'));
	expect(hints).toEqual([expect.stringContaining('“ (use ") needs Unicode: 70 characters per unit instead of 160')]);
});

test('Replace Typographic Characters sends plain ones', async () => {
	const { sent } = await send({ $plainText: { type: 'bool', value: 'true' } }, [{ text: '“It’s”' }]);
	expect(sent.map(({ content }) => content)).toEqual(['"It\'s"']);
});

test.each<[string, object, object, string]>([
	['Maximum Units per SMS', { $maxUnits: number(1) }, { text: long }, 'The text message has 2 units'],
	[
		'Maximum Units per Run',
		{ $maxRunUnits: number(3) },
		{ to: '+14155550101,+14155550102', text: long },
		'The run would send 4 units to 2 phone numbers, but at most 3 are allowed',
	],
	['Default Country', { $defaultCountry: text('DE') }, { to: '15212345678' }, 'is ambiguous'],
	['a limit that is not a number', { $maxUnits: text('many') }, {}, 'errors.count'],
	['a country that is not in the list', { $defaultCountry: text('Atlantis') }, {}, 'errors.country'],
	['a country that the message lacks', { $defaultCountry: { type: 'msg', value: 'no' } }, {}, 'errors.country'],
])('%s stops a text message before it is sent', async (_, own, payload, error) => {
	const { errors, sent } = await send(own, [payload]);
	expect(errors).toEqual([expect.stringContaining(error)]);
	expect(sent).toEqual([]);
});

test('Default Country adds the country code, and can come from the message', async () => {
	const { sent } = await send({ $defaultCountry: { type: 'msg', value: 'payload.country' } }, [
		{ to: '021 555 0123', country: 'NZ' },
		{ to: '07700 900123', country: 'gb' },
	]);
	expect(sent.map(({ destination }) => destination)).toEqual([['+64215550123'], ['+447700900123']]);
});
