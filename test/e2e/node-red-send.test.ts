/** Sending at scale in whole Node-REDs: the queue, batches, and a deploy in the middle of it all. */
import { DEMO_API_KEY, type Simulator } from '../../simulator';
import { Meter } from '../node-red/support/meter';
import { admin, countDone, deploy, makeHome, press, start, versions, type RunningNodeRed } from './support/node-red';
import { pause } from './support/until';
import { openSimulator } from './support/simulator';

describe.each(versions)('in Node-RED %s', (version) => {
	let simulator: Simulator;
	let meter: Meter;
	let running: RunningNodeRed;

	beforeAll(async () => {
		simulator = await openSimulator({ eventDelayMs: 60_000 });
		meter = await Meter.start(simulator.port, 5);
		const home = makeHome();
		countDone(home);
		running = await start(version, home);
	});
	beforeEach(() => {
		simulator.reset();
		meter.reset();
		tab = `tab${Number(tab.slice(3)) + 1}`;
	});
	afterAll(async () => {
		await (running as RunningNodeRed | undefined)?.stop();
		await (meter as Meter | undefined)?.stop();
		await (simulator as Simulator | undefined)?.stop();
	});

	/** Each test has its own tab: the context of a tab outlives a deploy. */
	let tab = 'tab0';
	const place = () => ({ z: tab, x: 100, y: 100 });
	const code = (id: string, func: string, wires: string[]) => ({
		...place(),
		id,
		type: 'function',
		func,
		outputs: 1,
		wires: [wires],
	});
	/**
	 * Node-RED takes a scope of one node for a property that names it, and restarts a Catch or Complete node with that
	 * node; so theirs is wider. An email node `send` in a flow with a button, and nodes that count what goes on, fails
	 * and completes.
	 */
	const flow = (make: string, fields: object = {}, more: object = {}) => [
		{ id: tab, type: 'tab', label: 'Test' },
		{
			id: 'account',
			type: 'smtp2go-account',
			region: 'custom',
			baseUrl: meter.url,
			version: 1,
			credentials: { apiKey: DEMO_API_KEY },
			...more,
		},
		{ ...place(), id: 'go', type: 'inject', props: [], wires: [['feed']] },
		code('feed', make, ['send']),
		{
			...place(),
			id: 'send',
			type: 'smtp2go-email',
			name: '',
			account: 'account',
			operation: 'send',
			fields,
			output: 'result',
			version: 1,
			wires: [['out']],
		},
		code('out', "flow.set('last', msg); flow.set('out', (flow.get('out') || 0) + 1);", []),
		{ ...place(), id: 'catch', type: 'catch', scope: null, uncaught: false, wires: [['caught']] },
		code('caught', "flow.set('code', msg.error.code); flow.set('caught', (flow.get('caught') || 0) + 1);", []),
		{
			...place(),
			id: 'complete',
			type: 'complete',
			scope: ['send', 'nobody'],
			uncaught: false,
			wires: [['completed']],
		},
		code('completed', "flow.set('completed', (flow.get('completed') || 0) + 1);", []),
	];
	const context = async (name: string) => {
		const { msg, format } = await admin<{ msg?: string; format?: string }>(running, `/context/flow/${tab}/${name}`);
		if (msg === undefined || msg === '(undefined)') return undefined;
		return format?.startsWith('string') ? msg : (JSON.parse(msg) as unknown);
	};
	const count = async (name: string) => Number((await context(name)) ?? 0);
	const done = async () =>
		(await admin<Record<string, { all: number; failed: number }>>(running, '/e2e/done'))['send'] ?? {
			all: 0,
			failed: 0,
		};
	const until = async (check: () => Promise<boolean>) => {
		for (const end = Date.now() + 120_000; !(await check()); ) {
			if (Date.now() > end)
				throw new Error(
					`It did not come true: ${JSON.stringify([await done(), await count('out'), await count('completed'), await count('caught'), simulator.state.emails.length])}\n${running.log()}`,
				);
			await pause(50);
		}
	};
	const addresses = () => simulator.state.emails.map(({ to }) => to[0]?.address);
	const emails = (number: number) =>
		`for (let n = 0; n < ${number}; n++) node.send({ from: 'shop@example.com', to: 'reader' + n + '@example.org', topic: 'News', payload: 'Hello' });`;

	it('a thousand messages go through the queue, five at a time, each sent once and done once', async () => {
		const before = await done();
		await deploy(running, flow(emails(1000)));
		await press(running, 'go');
		await until(async () => (await count('out')) === 1000);
		await until(async () => (await done()).all - before.all === 1000);
		expect([meter.most, meter.starts.length, new Set(addresses()).size, await count('caught')]).toEqual([
			5, 1000, 1000, 0,
		]);
	});

	it('a list of emails is sent in calls of a hundred, with a result for each', async () => {
		await deploy(
			running,
			flow(
				"return { from: 'shop@example.com', topic: 'News', payload: Array.from({ length: 250 }, (_, n) => ({ to: 'reader' + n + '@example.org', payload: 'Hello' })) };",
				{ $batch: { type: 'str', value: 'array' } },
			),
		);
		await press(running, 'go');
		await until(async () => (await count('out')) === 1);
		const { payload } = (await context('last')) as { payload: { ok: boolean }[] };
		expect([payload.length, payload.every(({ ok }) => ok), meter.starts.length, new Set(addresses()).size]).toEqual(
			[250, true, 3, 250],
		);
	});

	it('a sequence that a Split node made is sent in one call, and a Join node puts the results together', async () => {
		const list = flow("return { payload: Array.from({ length: 40 }, (_, n) => 'reader' + n + '@example.org') };", {
			$batch: { type: 'str', value: 'sequence' },
			sender: { type: 'str', value: 'shop@example.com' },
			to: { type: 'msg', value: 'payload' },
			subject: { type: 'str', value: 'News' },
			text_body: { type: 'str', value: 'Hello' },
		}).map((one) =>
			one.id === 'feed'
				? { ...one, wires: [['split']] }
				: one.id === 'send'
					? { ...one, wires: [['join']] }
					: one,
		);
		await deploy(running, [
			...list,
			{
				...place(),
				id: 'split',
				type: 'split',
				splt: '\\n',
				spltType: 'str',
				arraySplt: 1,
				arraySpltType: 'len',
				stream: false,
				addname: '',
				wires: [['send']],
			},
			{ ...place(), id: 'join', type: 'join', mode: 'auto', wires: [['out']] },
		]);
		await press(running, 'go');
		await until(async () => (await count('out')) === 1 && (await count('completed')) === 40);
		const { payload } = (await context('last')) as { payload: { emailId: string }[] };
		const sent = new Map(simulator.state.emails.map(({ emailId, to }) => [emailId, to[0]?.address]));
		expect(payload.map(({ emailId: id }) => sent.get(id))).toEqual(
			Array.from({ length: 40 }, (_, n) => `reader${n}@example.org`),
		);
		expect(meter.starts.length).toBe(1);
	});

	it('a deploy cancels waiting messages: each message completes or is caught, and none is sent twice', async () => {
		const before = await done();
		const flows = flow(emails(400), {}, { inFlight: 3 });
		await deploy(running, flows);
		await press(running, 'go');
		await until(async () => simulator.state.emails.length >= 20);
		// As the editor does it: credentials travel only where they changed, and would restart the account.
		const changed = flows.map((one) => ({
			...one,
			...(one.id === 'send' ? { name: 'changed' } : {}),
			...(one.id === 'account' ? { credentials: undefined } : {}),
		}));
		await deploy(running, changed, 'nodes');
		await until(async () => (await count('completed')) + (await count('caught')) === 400);
		const { all, failed } = await done();
		expect([all - before.all, failed - before.failed, await count('caught'), await context('code')]).toEqual([
			400,
			400 - simulator.state.emails.length,
			400 - simulator.state.emails.length,
			'SMTP2GO_CANCELLED',
		]);
		expect([new Set(addresses()).size, meter.starts.length]).toEqual([
			simulator.state.emails.length,
			simulator.state.emails.length,
		]);
	});

	it('a full deploy in the middle calls done once for each message, and the new flow sends at once', async () => {
		const before = await done();
		await deploy(running, flow(emails(400), {}, { inFlight: 3 }));
		await press(running, 'go');
		await until(async () => simulator.state.emails.length >= 20);
		await deploy(running, flow(emails(3)));
		await until(async () => (await done()).all - before.all === 400);
		const [sent, out] = [simulator.state.emails.length, await count('out')];
		await press(running, 'go');
		await until(async () => (await count('out')) === out + 3);
		expect([
			simulator.state.emails.length,
			(await done()).all - before.all,
			(await done()).failed - before.failed,
		]).toEqual([sent + 3, 403, 400 - sent]);
	});

	it('nothing went wrong on the way but what was cancelled', () => {
		expect(
			running
				.log()
				.split('\n')
				.filter(
					(line) =>
						/\[error\]|uncaught|unhandled/i.test(line) &&
						!line.includes('It was not sent') &&
						!line.includes('before the call was made'),
				),
		).toEqual([]);
	});
});
