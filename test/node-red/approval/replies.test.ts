/** Questions that text messages answer, without a public address. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Simulator } from '../../../simulator';
import { delivered, deploy, key, until } from '../support/node-red';
import { answerIn, ask, askFlow, boxes, fixed, startAsk } from '../support/ask-flow';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
useNodeRed(
	(started) => {
		({ simulator } = started);
	},
	{ deletesAll: true },
);

const ANN = '+14155550123';
const BOB = '+14155550124';
const flow = (def: object = {}) => askFlow(simulator, '', { via: 'smsReply', ...def });
const start = (def: object = {}, credentials = key()) =>
	startAsk(flow(def), credentials, { smtp2goTimes: { firstRetry: 50 } });
const textsTo = (number: string) =>
	simulator.state.sms.filter(({ destination }) => destination === number).map(({ content }) => content);
const sent = async (number = ANN, count = 1) => {
	await until(() => textsTo(number).length >= count);
	return textsTo(number)[count - 1] ?? '';
};
const reply = (content: string, from = ANN) => simulator.receiveSms({ from, content });
const reads = () => simulator.state.requests.filter(({ path }) => path === '/sms/view-received').length;
/** Waits until what was received by now has been read. */
const read = async () => {
	const before = reads();
	await until(() => reads() >= before + 2);
	await delivered();
};
const all = ({ outs }: ReturnType<typeof boxes>) => outs.flatMap(({ messages }) => messages);

describe('a reply', () => {
	it.each<[string, object, string, number, object]>([
		['yes', {}, 'Yes, please! ', 0, { approved: true }],
		['no', {}, 'NO', 1, { approved: false }],
		[
			'the number of a choice',
			{ responseType: 'choice', choices: 'Monday\nTuesday' },
			'2',
			1,
			{ choice: 'Tuesday' },
		],
		['a text', { responseType: 'freeText' }, 'At nine', 0, { text: 'At nine' }],
	])('of each kind has its own output: %s', async (_what, def, content, output, expected) => {
		const { outs } = await start(def);
		ask({ order: 17 });
		expect(await sent()).toContain('Pay 100 EUR to Acme?');
		reply(content === 'Yes, please! ' ? 'Yes!' : content);
		const msg = await outs[output as 0].next();
		expect(msg).toMatchObject({ order: 17 });
		expect(answerIn(msg)).toMatchObject({ ...expected, respondedBy: ANN, channel: 'sms' });
		// The answer is confirmed.
		await sent(ANN, 2);
	});

	it('that fits no answer is asked again, once', async () => {
		const boxed = await start();
		ask();
		await sent();
		reply('Maybe');
		await sent(ANN, 2);
		reply('Hm');
		await read();
		expect([textsTo(ANN).length, all(boxed)]).toEqual([2, []]);
		reply('ok');
		await boxed.outs[0].next();
	});

	it('of another number, or one that asks for a stop, is none', async () => {
		const boxed = await start({ responseType: 'freeText', confirmReply: false });
		ask();
		await sent();
		reply('Hello', BOB);
		reply('STOP');
		await read();
		expect([textsTo(ANN).length, textsTo(BOB), all(boxed)]).toEqual([1, [], []]);
	});

	it('counts once: whoever replies later reads that the question is closed', async () => {
		const boxed = await start({ fields: { ...askFields(), phones: fixed(`${ANN}, ${BOB}`) } });
		ask();
		await sent(BOB);
		reply('yes', BOB);
		await boxed.outs[0].next();
		reply('no', ANN);
		await sent(ANN, 2);
		reply('no', ANN);
		await read();
		expect([textsTo(ANN).length, all(boxed).length]).toEqual([2, 1]);
	});

	it('comes from the number with the code of the default country', async () => {
		const national = ANN.replace(/^\+1/, '');
		const boxed = await start({ fields: { ...askFields(), phones: fixed(national), country: fixed('US') } });
		ask();
		await sent();
		reply('yes');
		expect(await boxed.outs[0].next()).toBeDefined();
	});

	it('that was there before the question does not answer it', async () => {
		const boxed = await start();
		reply('YES');
		await new Promise((resolve) => setTimeout(resolve, 1_100));
		ask();
		await sent();
		await read();
		expect(all(boxed)).toEqual([]);
		reply('NO');
		await boxed.outs[1].next();
	});
});

const askFields = () => ({ phones: fixed(ANN), message: { type: 'msg', value: 'payload' } });

describe('a second question to the same number', () => {
	it('has a code, and each reply finds its question', async () => {
		const boxed = await start({ confirmReply: false });
		ask({ payload: 'First?' });
		await sent();
		ask({ payload: 'Second?' });
		const code = /\b([A-Z]\d) YES\b/.exec(await sent(ANN, 2))?.[1];
		expect(textsTo(ANN)[0]).not.toMatch(/\b[A-Z]\d YES\b/);
		expect(code).toBeDefined();
		reply(`${code} no`);
		expect(await boxed.outs[1].next()).toMatchObject({ payload: 'Second?' });
		reply('yes');
		expect(await boxed.outs[0].next()).toMatchObject({ payload: 'First?' });
	});

	it('at the same moment has a code too', async () => {
		await start();
		for (const payload of ['A?', 'B?', 'C?']) ask({ payload });
		await sent(ANN, 3);
		const codes = textsTo(ANN).map((content) => /\b([A-Z]\d) YES\b/.exec(content)?.[1]);
		expect(codes.filter((code) => code === undefined)).toHaveLength(1);
		expect(new Set(codes).size).toBe(3);
	});
});

describe('received messages', () => {
	it('are read only while a question waits', async () => {
		const { outs } = await start({ confirmReply: false });
		await new Promise((resolve) => setTimeout(resolve, 1_200));
		expect(reads()).toBe(0);
		ask();
		await sent();
		reply('yes');
		await outs[0].next();
		const before = reads();
		await new Promise((resolve) => setTimeout(resolve, 2_200));
		expect(reads()).toBeLessThanOrEqual(before + 1);
	});

	it('answer after a deploy', async () => {
		await start();
		ask({ order: 17 });
		await sent();
		reply('yes');
		await deploy(flow(), 'full', key());
		expect(await boxes().outs[0].next()).toMatchObject({ order: 17 });
	});

	it('that the key cannot read are an error for a Catch node, once', async () => {
		const { caught } = await start({}, key(simulator.addKey({ permissions: ['/sms/send'] })));
		ask();
		expect((await caught.next()).topic).toBe('sms-failed');
		await delivered();
		expect(caught.messages).toHaveLength(1);
	});
});
