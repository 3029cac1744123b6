// Turns a fault into what the caller sees.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { newUuid } from '../core/ids';
import type { Timers } from '../core/timers';
import { isObject, type JsonObject } from '../core/json';
import type { Answer } from './envelope';
import { failure, success } from './envelope';
import type { Fault, FaultType } from '../faults/faults';
import { CODES, Refusal } from '../core/refusal';

type Shape = 'data' | 'top';

/** The faults that leave the call its effect: they need the right answer. */
export const TAKES_PLACE: readonly FaultType[] = ['slow', 'token-repeats', 'rows-missing'];

/** The right answer with a page that is not; undefined for faults that spoil no page, and for answers without one. */
export function spoiledPage(fault: FaultType, request: JsonObject, right: Answer): Answer | undefined {
	const { data } = right.body;
	if (!isObject(data) || !('continue_token' in data)) return undefined;
	const { events, continue_token } = data;
	if (fault === 'token-repeats') {
		const token = request['continue_token'] ?? continue_token ?? null;
		return { ...right, body: { ...right.body, data: { ...data, continue_token: token } } };
	}
	if (fault !== 'rows-missing' || !Array.isArray(events)) return undefined;
	const half = events.slice(0, Math.floor(events.length / 2));
	return { ...right, body: { ...right.body, data: { ...data, events: half, continue_token: null } } };
}

/** The answer a fault puts in place of the right one; undefined for faults that are no JSON answer. */
export function faultAnswer(fault: Fault, shape: Shape): Answer | undefined {
	const { message } = fault;
	switch (fault.fault) {
		case 'rate-limit': {
			const after = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
			const answer = failure(new Refusal(429, message ?? 'API key ratelimit exceeded', CODES.rateLimit), shape);
			return { ...answer, headers: { ...after, ...fault.headers } };
		}
		case 'server-error':
			return {
				...failure(new Refusal(fault.status ?? 503, message ?? 'An internal error occurred'), shape),
				headers: fault.headers ?? {},
			};
		case 'failures':
			return success({ succeeded: 0, failed: 1, failures: fault.failures ?? ['550 rejected by the simulator'] });
		case 'error':
			return failure(new Refusal(200, message ?? 'An error occurred in the simulator'), shape);
		default:
			return undefined;
	}
}

/** Plays a fault that is more than another JSON answer. `right` is the answer without it. */
export async function playFault(
	fault: Fault,
	request: FastifyRequest,
	reply: FastifyReply,
	right: Answer,
	timers: Timers,
): Promise<FastifyReply> {
	const body = JSON.stringify(right.body);
	switch (fault.fault) {
		case 'timeout':
			// Hijacked and never answered: the caller gives up, or the simulator stops.
			return reply.hijack();
		case 'reset':
			reply.hijack();
			request.raw.socket.resetAndDestroy();
			return reply;
		case 'truncated':
			reply.hijack();
			reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
			reply.raw.write(body.slice(0, Math.floor(body.length / 2)), () => request.raw.socket.destroy());
			return reply;
		case 'not-json':
			return reply
				.type('text/html; charset=utf-8')
				.send(`<html><body><h1>Bad gateway</h1><p>${newUuid()}</p></body></html>`);
		case 'token-repeats':
		case 'rows-missing':
			return reply.code(right.status).headers(right.headers).send(right.body);
		default:
			await new Promise<void>((resolve) => void timers.after(fault.ms ?? 1_000, resolve));
			return reply.code(right.status).headers(right.headers).send(right.body);
	}
}
