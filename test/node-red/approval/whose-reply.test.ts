/** Which question a text message answers, if a number was asked several, and which text is an answer at all. */
import type { Simulator } from '../../../simulator';
import { delivered, key, until } from '../support/node-red';
import { answerIn, ask, askDef, askFlow, boxes, fixed, startAsk } from '../support/ask-flow';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
useNodeRed(
	(started) => {
		({ simulator } = started);
	},
	{ deletesAll: true },
);

const ANN = '+14155550123';
const flowOf = (defs: object | object[]) =>
	askFlow(
		simulator,
		'',
		[defs].flat().map((def: object) => ({ via: 'smsReply', confirmReply: false, ...def })),
	);
const start = (defs: object | object[] = {}) => startAsk(flowOf(defs), key(), { smtp2goTimes: { firstRetry: 50 } });
const texts = () => simulator.state.sms.filter(({ destination }) => destination === ANN).map(({ content }) => content);
const sent = async (count: number) => {
	await until(() => texts().length >= count);
	return texts()[count - 1] ?? '';
};
const reply = (content: string, to?: string) => simulator.receiveSms({ from: ANN, content, ...(to ? { to } : {}) });
const reads = () => simulator.state.requests.filter(({ path }) => path === '/sms/view-received').length;
/** Waits until what was received by now has been read. */
const read = async (readers = 1) => {
	const before = reads();
	await until(() => reads() >= before + 2 * readers);
	await delivered();
};
const codeIn = (content: string) => /\b([A-Z]\d) (?:YES|=)/.exec(content)?.[1];
const all = ({ outs }: ReturnType<typeof boxes>) =>
	outs.flatMap(({ messages }, output) =>
		messages.map((msg) => [output, (msg as { payload?: unknown }).payload, answerIn(msg)] as const),
	);

describe('a text that begins with a word to stop messages', () => {
	it.each(['End of June', 'Stop by at 5', 'Quit smoking'])('is an answer in free text: %s', async (content) => {
		const { outs } = await start({ responseType: 'freeText' });
		ask();
		await sent(1);
		reply(content);
		expect(answerIn(await outs[0].next())).toMatchObject({ text: content });
	});

	it.each(['STOP', 'ＳＴＯＰ', '"stop."', 'Opt out'])('is none if there is no other word: %s', async (content) => {
		const boxed = await start({ responseType: 'freeText' });
		ask();
		await sent(1);
		reply(content);
		await read();
		expect([texts().length, all(boxed)]).toEqual([1, []]);
	});
});

describe('a reply without a code, if a number has two open questions', () => {
	it.each([
		['an approval', {}],
		['a free text', { responseType: 'freeText' }],
	])('decides nothing, and the first one is asked again with a code: %s', async (_what, def) => {
		const boxed = await start([def, { id: 'q2' }]);
		ask({ payload: 'Pay 100 EUR to Acme?' });
		await sent(1);
		ask({ payload: 'Pay 99999 EUR to Evil?' }, 'q2');
		const second = codeIn(await sent(2)) ?? '';
		reply('YES');
		const again = await sent(3);
		expect(again).toContain('Pay 100 EUR to Acme?');
		await read();
		expect([all(boxed), texts().length]).toEqual([[], 3]);
		const code = /\b([A-Z]\d)\b/.exec(again)?.[1] ?? '';
		expect([code, code === second]).toEqual([expect.stringMatching(/^[A-Z]\d$/), false]);
		reply(`${code} yes`);
		await until(() => all(boxed).length === 1);
		expect(all(boxed)[0]).toMatchObject([0, 'Pay 100 EUR to Acme?', { respondedBy: ANN }]);
		reply(`${second} no`);
		await until(() => all(boxed).length === 2);
		expect(all(boxed)[1]).toMatchObject([1, 'Pay 99999 EUR to Evil?', { approved: false }]);
	});
});

describe('two accounts with one API key', () => {
	it('give each question its own code, and one reply answers one of them', async () => {
		const flow = flowOf([{}, { id: 'q2', account: 'account2' }]);
		const account = flow.find(({ type }) => type === 'smtp2go-account');
		const credentials = { ...key(), account2: key().account };
		const boxed = await startAsk([...flow, { ...account, id: 'account2' }], credentials, {
			smtp2goTimes: { firstRetry: 50 },
		});
		ask({ payload: 'First?' });
		await sent(1);
		ask({ payload: 'Second?' }, 'q2');
		const second = codeIn(await sent(2)) ?? '';
		expect(second).toMatch(/^[A-Z]\d$/);
		reply(`${second} YES`);
		await until(() => all(boxed).length === 1);
		await read(2);
		expect(all(boxed)).toMatchObject([[0, 'Second?', { approved: true }]]);
		expect(texts()).toHaveLength(2);
		reply('NO');
		await until(() => all(boxed).length === 2);
		expect(all(boxed)[1]).toMatchObject([1, 'First?', { approved: false }]);
	});
});

describe('a late reply', () => {
	it('to a question that ended does not answer the next one', async () => {
		const boxed = await start([{ limit: 0.02, limitUnit: 'minutes' }, { id: 'q2' }]);
		ask({ payload: 'Pay A?' });
		await sent(1);
		await boxed.outs[2].next();
		ask({ payload: 'Pay B?' }, 'q2');
		const code = codeIn(await sent(2)) ?? '';
		expect(code).toMatch(/^[A-Z]\d$/);
		reply('YES');
		expect(await sent(3)).toContain('Pay B?');
		expect(all(boxed).map(([output]) => output)).toEqual([2]);
		reply(`${code} yes`);
		await boxed.outs[0].next();
	});

	it('is expected only of those who did not answer', async () => {
		const { outs } = await start();
		ask({ payload: 'Pay A?' });
		await sent(1);
		reply('YES');
		await outs[0].next();
		ask({ payload: 'Pay B?' });
		expect(codeIn(await sent(2))).toBeUndefined();
	});
});

describe('a reply to another number', () => {
	it('of the SMTP2GO account does not answer', async () => {
		const boxed = await start({ fields: { ...askDef.fields, smsSender: fixed('+1 555 000 1111') } });
		ask();
		await sent(1);
		reply('ok', '+15559998888');
		await read();
		expect([all(boxed), texts().length]).toEqual([[], 1]);
		reply('ok', '+15550001111');
		await boxed.outs[0].next();
	});
});
