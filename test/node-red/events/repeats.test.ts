import { deriveToken } from '../../../api';
import { DEMO_API_KEY, type Simulator } from '../../../simulator';
import { triggerFlow } from '../support/flows';
import { delivered, deploy, inbox, key, load, node, runtime, until, type Web } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
let web: Web;
useNodeRed(
	(started) => {
		({ simulator, web } = started);
	},
	{ deletesAll: true },
);

const token = deriveToken(DEMO_API_KEY, 'account');
const post = async (event: object = {}) =>
	(
		await fetch(`${web.url}/smtp2go/account`, {
			method: 'POST',
			body: JSON.stringify({
				event: 'bounce',
				bounce: 'hard',
				id: 'e1',
				rcpt: 'ann@example.org',
				subject: 'Your order',
				...event,
			}),
			headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
		})
	).status;
type Triggers = Parameters<typeof triggerFlow>[2];
const bounce: Triggers = [{ id: 't', events: ['bounce'] }];
const flow = (triggers: Triggers = bounce) => triggerFlow(simulator, web.url, triggers);
const start = async (triggers: Triggers = bounce) => {
	await load(flow(triggers), key(), { smtp2goTimes: { write: 20 } });
	await until(() => simulator.state.hooks.length === 1);
	return inbox('out-t');
};

describe('an event that SMTP2GO reports again', () => {
	it('is answered and starts nothing', async () => {
		const out = await start();
		expect([await post(), await post(), await post({ id: 'e2' }), await post()]).toEqual([200, 200, 200, 200]);
		await delivered();
		expect(out.messages.map(({ payload }) => (payload as { eventId: string }).eventId)).toEqual(['e1', 'e2']);
	});

	it('without an id is known by what it says', async () => {
		const out = await start();
		for (const rcpt of ['ann@example.org', 'ann@example.org', 'bob@example.org'])
			await post({ id: undefined, rcpt });
		await delivered();
		expect(out.messages).toHaveLength(2);
	});

	it('comes again where the trigger wants that, and only there', async () => {
		await start([{ id: 't', events: ['bounce'] }, { id: 'u', events: ['bounce'], skipRepeated: false } as never]);
		const [out, every] = [inbox('out-t'), inbox('out-u')];
		for (let count = 0; count < 3; count++) await post();
		await delivered();
		expect([out.messages.length, every.messages.length]).toEqual([1, 3]);
	});

	it("is no repetition when it is the test of SMTP2GO's page", async () => {
		const out = await start();
		const test = { subject: 'Mail test - please ignore' };
		expect([await post(test), await post(test)]).toEqual([200, 200]);
		await out.next(2);
	});

	it('is known after a deploy of everything', async () => {
		await start();
		await post();
		await deploy(flow());
		const out = inbox('out-t');
		expect([await post(), await post({ id: 'e2' })]).toEqual([200, 200]);
		await delivered();
		expect(out.messages).toHaveLength(1);
	});

	it('is kept in the context of the account, which a persistent store keeps', async () => {
		await start();
		await post();
		await until(() => node('account').context().get('seenEvents') !== undefined);
		expect(node('account').context().get('seenEvents')).toEqual([expect.stringMatching(/^e1\b/)]);
	});

	it('that nobody asked for is not remembered', async () => {
		await start();
		await post({ event: 'open' });
		await post({ id: 'e2' });
		await until(() => node('account').context().get('seenEvents') !== undefined);
		expect(node('account').context().get('seenEvents')).toEqual([expect.stringMatching(/^e2\b/)]);
	});
});

describe('nothing is answered 200 that the triggers do not have', () => {
	it('an event that could not be handed on counts as new when it comes again', async () => {
		const out = await start();
		const trigger = node('t');
		const send = jest.spyOn(trigger, 'send').mockImplementationOnce(() => {
			throw new Error('Out of order');
		});
		expect(await post()).toBe(500);
		send.mockRestore();
		expect(await post()).toBe(200);
		await out.next();
		expect(out.messages).toHaveLength(1);
	});

	it('an event that one of two triggers could not take comes to that one alone when it is repeated', async () => {
		await start([
			{ id: 't', events: ['bounce'] },
			{ id: 'u', events: ['bounce'] },
		]);
		const [first, second] = [inbox('out-t'), inbox('out-u')];
		const send = jest.spyOn(node('u'), 'send').mockImplementationOnce(() => {
			throw new Error('Out of order');
		});
		expect(await post()).toBe(500);
		send.mockRestore();
		expect([await post(), await post()]).toEqual([200, 200]);
		await delivered();
		expect([first.messages.length, second.messages.length]).toEqual([1, 1]);
	});

	it('while the flows stop and start, when a trigger may be missing, SMTP2GO is told to try again', async () => {
		const out = await start();
		runtime().events.emit('flows:stopping', {});
		expect(await post()).toBe(503);
		expect((await fetch(`${web.url}/smtp2go/other`, { method: 'POST', body: '{"event":"open"}' })).status).toBe(
			503,
		);
		runtime().events.emit('flows:started', {});
		expect(await post()).toBe(200);
		await out.next();
		expect(out.messages).toHaveLength(1);
	});
});
