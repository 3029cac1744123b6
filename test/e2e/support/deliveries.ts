/** A sender that behaves as SMTP2GO does, and what n8n made of its deliveries. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { Agent, request } from 'node:http';
import { parse } from 'flatted';
import { pause } from './until';

/** What became of a run of deliveries. */
export interface Delivered {
	seconds: number;
	/** How many requests were made, and how many of them were answered by something else than 200, or not in time. */
	requests: number;
	refused: Record<string, number>;
	/** Milliseconds until the 200 of those answered at the first try, sorted. */
	times: number[];
}

/** One request; its status, or what went wrong. */
function post(url: string, token: string, body: string, timeoutMs: number, agent: Agent): Promise<number | string> {
	return new Promise((resolve) => {
		const call = request(url, {
			method: 'POST',
			agent,
			headers: {
				'content-type': 'application/json',
				'content-length': Buffer.byteLength(body),
				authorization: `Bearer ${token}`,
			},
		});
		const limit = setTimeout(() => call.destroy(new Error('no answer in time')), timeoutMs);
		call.once('response', (response) => {
			response.resume().once('end', () => undefined);
			clearTimeout(limit);
			resolve(response.statusCode ?? 0);
		});
		call.once('error', (error) => {
			clearTimeout(limit);
			resolve(error.message);
		});
		call.end(body);
	});
}

/**
 * Delivers an event of each id, all at once or so many at a time, and again after a pause until each was answered by
 * 200.
 * Stops with an error after `limitMs`.
 */
export async function deliverAll(
	url: string,
	token: string,
	ids: readonly string[],
	{ timeoutMs = 10_000, pauseMs = 1_000, atOnce = Infinity, limitMs = 240_000 } = {},
): Promise<Delivered> {
	const agent = new Agent({ keepAlive: false });
	let under = 0;
	const queue: (() => void)[] = [];
	/** A place among those under way: the time of a request starts when it leaves, as SMTP2GO's does. */
	const place = async () => {
		if (under >= atOnce)
			await new Promise<void>((resolve) => {
				queue.push(resolve);
			});
		under++;
	};
	const started = Date.now();
	const result: Delivered = { seconds: 0, requests: 0, refused: {}, times: [] };
	await Promise.all(
		ids.map(async (id) => {
			const body = JSON.stringify({
				event: 'bounce',
				bounce: 'hard',
				rcpt: `${id}@example.com`,
				id,
				subject: 'Your order',
			});
			for (let attempt = 1; ; attempt++) {
				await place();
				const at = Date.now();
				result.requests++;
				const status = await post(url, token, body, timeoutMs, agent);
				under--;
				queue.shift()?.();
				if (status === 200) {
					if (attempt === 1) result.times.push(Date.now() - at);
					return;
				}
				result.refused[status] = (result.refused[status] ?? 0) + 1;
				if (Date.now() - started > limitMs)
					throw new Error(`Not delivered within ${limitMs} ms: ${JSON.stringify(result.refused)}`);
				// Longer each time, and not all at once again: a slow host has to get ahead.
				await pause(pauseMs * Math.min(attempt, 3) * (0.5 + Math.random()));
			}
		}),
	);
	agent.destroy();
	result.seconds = (Date.now() - started) / 1000;
	result.times.sort((one, other) => one - other);
	return result;
}

/** Writes what was measured, past Jest, which would hold it back. */
export function report(text: string): void {
	process.stdout.write(`${text}\n`);
}

/** The event that an execution was started with, from what n8n stores of it. */
export function eventIdOf(data: string, trigger: string): string | undefined {
	const { resultData, executionData } = parse(data) as {
		resultData?: { runData?: Record<string, { data?: { main?: { json: { eventId?: string } }[][] } }[]> };
		executionData?: { nodeExecutionStack?: { data: { main: { json: { eventId?: string } }[][] } }[] };
	};
	return (
		resultData?.runData?.[trigger]?.[0]?.data?.main?.[0]?.[0]?.json.eventId ??
		executionData?.nodeExecutionStack?.[0]?.data.main[0]?.[0]?.json.eventId
	);
}
