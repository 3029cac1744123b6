import { DEMO_API_KEY, type Fault, type Simulator, startSimulator } from '../../../simulator';
import { call, control, MAIL } from '../support/call';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ eventDelayMs: 60_000 });
});

afterEach(() => simulator.stop());

const send = (): ReturnType<typeof call> => call(simulator, '/email/send', MAIL);

async function raw(signal?: AbortSignal): Promise<Response> {
	return fetch(`${simulator.apiUrl}/email/send`, {
		method: 'POST',
		headers: { 'x-smtp2go-api-key': DEMO_API_KEY },
		body: JSON.stringify(MAIL),
		...(signal ? { signal } : {}),
	});
}

const answered: [Fault, object][] = [
	[
		{ path: '/email/send', fault: 'rate-limit' },
		{ status: 429, body: { data: { error_code: 'E_ApiResponseCodes.REQ_LIMIT_EXCEEDED' } } },
	],
	[
		{ path: '/email/*', fault: 'server-error' },
		{ status: 503, body: { data: { error_code: 'E_ApiResponseCodes.API_EXCEPTION' } } },
	],
	[
		{ path: '*', fault: 'server-error', status: 502, message: 'Upstream' },
		{ status: 502, body: { data: { error: 'Upstream' } } },
	],
	[
		{ path: '/email/send', fault: 'failures', failures: ['no'] },
		{ status: 200, body: { data: { succeeded: 0, failed: 1, failures: ['no'] } } },
	],
	[
		{ path: '/email/send', fault: 'error', message: 'Odd' },
		{ status: 200, body: { data: { error: 'Odd' } } },
	],
];

test.each(answered)('answers %j and takes no effect', async (fault, expected) => {
	simulator.setFault(fault);
	expect(await send()).toMatchObject(expected);
	expect(simulator.state.emails).toHaveLength(0);
	expect(await send()).toMatchObject({ status: 200, body: { data: { succeeded: 1 } } });
});

test('says Retry-After and other headers with a 429', async () => {
	simulator.setFault({ path: '*', fault: 'rate-limit', retryAfter: 2, headers: { 'x-ratelimit-reset': '7' } });
	const { headers } = await send();
	expect(headers.get('retry-after')).toBe('2');
	expect(headers.get('x-ratelimit-reset')).toBe('7');
});

/** What fetch says of a connection that broke, in the answer or before it, and of a call that was given up. */
const BROKEN = /fetch failed|terminated|aborted/;

test.each([
	['reset', 'before', 0],
	['reset', 'after', 1],
	['timeout', 'before', 0],
	['timeout', 'after', 1],
	['truncated', 'before', 0],
	['truncated', 'after', 1],
] as const)('breaks the connection with %s %s taking effect', async (fault, when, mails) => {
	simulator.setFault({ path: '/email/send', fault, when });
	// A caller that gives up, once its call has come and had its effect.
	const stop = new AbortController();
	const givesUp =
		fault === 'timeout' &&
		simulator
			.waitFor(({ requests, emails }) => requests.length > 0 && emails.length === mails)
			.then(() => stop.abort());
	await expect(raw(stop.signal).then((response) => response.json())).rejects.toThrow(BROKEN);
	await givesUp;
	expect(simulator.state.emails).toHaveLength(mails);
	expect((await send()).status).toBe(200);
	expect(simulator.state.emails).toHaveLength(mails + 1);
});

test('resets the connection while a call is still coming in', async () => {
	simulator.setFault({ path: '/email/send', fault: 'reset', when: 'during' });
	await expect(raw()).rejects.toThrow(BROKEN);
	expect([simulator.state.emails.length, simulator.state.requests.length]).toEqual([0, 0]);
	expect((await send()).status).toBe(200);
});

test('gives out half a body under 200 when truncated', async () => {
	simulator.setFault({ path: '*', fault: 'truncated', when: 'after' });
	const response = await raw();
	expect(response.status).toBe(200);
	await expect(response.text()).rejects.toThrow(BROKEN);
});

test('answers with a web page instead of JSON', async () => {
	simulator.setFault({ path: '*', fault: 'not-json' });
	const response = await raw();
	expect(response.status).toBe(200);
	expect(await response.text()).toMatch(/^<html>/);
	expect(simulator.state.emails).toHaveLength(0);
});

test('answers late but rightly', async () => {
	simulator.setFault({ path: '*', fault: 'slow', ms: 120 });
	const started = performance.now();
	expect(await send()).toMatchObject({ status: 200, body: { data: { succeeded: 1 } } });
	expect(performance.now() - started).toBeGreaterThan(110);
});

test('hits so many calls, those of its path only', async () => {
	simulator.setFault({ path: '/webhook/*', fault: 'server-error', times: 2 });
	expect((await send()).status).toBe(200);
	const statuses = [];
	for (let count = 0; count < 3; count++) statuses.push((await call(simulator, '/webhook/view')).status);
	expect(statuses).toEqual([503, 503, 200]);
});

test('lasts until cleared with times 0, and queues up', async () => {
	simulator.setFault({ path: '*', fault: 'rate-limit' });
	simulator.setFault({ path: '*', fault: 'server-error', times: 0 });
	const statuses = [];
	for (let count = 0; count < 4; count++) statuses.push((await send()).status);
	simulator.clearFaults();
	expect([...statuses, (await send()).status]).toEqual([429, 503, 503, 503, 200]);
});

test('is switched on and off over the control API', async () => {
	expect((await control(simulator, 'faults', { path: '*', fault: 'earthquake' })).status).toBe(400);
	await control(simulator, 'faults', { path: '*', fault: 'server-error', status: 500, times: 3 });
	expect((await send()).status).toBe(500);
	const listed = await fetch(`${simulator.url}/_simulator/faults`);
	expect(await listed.json()).toEqual([{ path: '*', fault: 'server-error', status: 500, times: 2 }]);
	await fetch(`${simulator.url}/_simulator/faults`, { method: 'DELETE' });
	expect((await send()).status).toBe(200);
});
