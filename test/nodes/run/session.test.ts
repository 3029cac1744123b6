/** What runs of one n8n process share. */
import { Session } from '../../../nodes/Smtp2go/run/session';

const session = (apiKey: string, signal?: AbortSignal) =>
	new Session(
		{
			getExecutionCancelSignal: () => signal,
			getNode: () => ({}),
			getCredentials: async () => ({ region: 'custom', baseUrl: 'http://127.0.0.1:9/v3', apiKey }),
		} as never,
		{ limits: { callsPerMinute: 1 } } as never,
	);

test.each([
	['the same key share', 'one', 'one', true],
	['another key do not share', 'first', 'second', false],
])('two runs with %s Calls per Minute', async (_, first, second, isShared) => {
	const gate = async (one: Session) => (await one.connect(0)).connection.gate;
	await (await gate(session(first)))?.pass({ path: '/email/send' }, async () => 'sent');
	const stop = new AbortController();
	const waits: number[] = [];
	const onWait = (milliseconds: number) => {
		waits.push(milliseconds);
		stop.abort();
	};
	const outcome = await (
		await gate(session(second, stop.signal))
	)?.pass({ path: '/email/send', signal: stop.signal, onWait }, async () => 'sent');
	expect(outcome).toBe(isShared ? undefined : 'sent');
	expect(waits.map((wait) => wait > 55_000)).toEqual(isShared ? [true] : []);
});
