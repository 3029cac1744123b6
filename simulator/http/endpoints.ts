// Serves `/v3`: one call from request to response, with faults and the request log.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findRoute, type Call } from '../routes';
import { FieldFailure } from '../schema/readers';
import { usernameOf } from '../core/ids';
import { isObject, type JsonObject, parseJson } from '../core/json';
import type { RequestRecord } from '../types';
import type { World } from '../world';
import { authenticate, keyOf } from './auth';
import { type Answer, failure, invalid, success } from './envelope';
import { faultAnswer, playFault, spoiledPage, TAKES_PLACE } from './play-fault';
import { CODES, Refusal } from '../core/refusal';

/** Body limits since June 2026, in bytes. */
const LIMITS = { email: 50_000_000, other: 1_000_000 } as const;

const SECRET_HEADERS = ['x-smtp2go-api-key', 'authorization'];

/** Serves `/v3`. */
export function serveApi(app: FastifyInstance, world: World): void {
	const serve = (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
		answerCall(world, request, reply);
	const onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<void> =>
		breakOff(world, request, reply);
	app.all('/v3/email/*', { bodyLimit: LIMITS.email, onRequest }, serve);
	app.all('/v3/*', { bodyLimit: LIMITS.other, onRequest }, serve);
}

function pathOf({ url }: FastifyRequest): string {
	return new URL(url, 'http://simulator').pathname.replace(/^\/v3/, '');
}

/** Resets the connection before the body has arrived, if a fault asks for that. */
function breakOff({ faults }: World, request: FastifyRequest, reply: FastifyReply): void {
	if (!faults.take(pathOf(request), { during: true })) return;
	reply.hijack();
	request.raw.socket.resetAndDestroy();
}

async function answerCall(world: World, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
	const path = pathOf(request);
	const text = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
	const value = parseJson(text);
	const body = isObject(value) ? value : undefined;
	const key = keyOf(request, body);
	const fault = world.faults.take(path, { paged: typeof body?.['continue_token'] === 'string' });
	const record = log(world, request, { path, text, key });
	const settle = (answer: Answer): Answer => {
		record.status = answer.status;
		world.state.changed();
		return answer;
	};
	const canned = fault && faultAnswer(fault, world.settings.errorShape);
	const call = (): Promise<Answer> =>
		answer(world, { path, method: request.method, key, body, clientIp: request.ip });
	if (fault && canned) {
		if (fault.when === 'after') await call();
		return send(reply, settle(canned));
	}
	const spared = fault && !TAKES_PLACE.includes(fault.fault) && fault.when !== 'after';
	const right = spared ? success({}) : await call();
	const spoiled = fault && body && spoiledPage(fault.fault, body, right);
	if (spoiled) return send(reply, settle(spoiled));
	if (fault) return playFault(fault, request, reply, right, world.serverTimers);
	return send(reply, settle(right));
}

function send(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
	return reply.code(status).headers(headers).send(body);
}

function log(
	{ state }: World,
	request: FastifyRequest,
	{ path, text, key }: { path: string; text: string; key: string },
): RequestRecord {
	const headers = Object.entries(request.headers)
		.filter(([name]) => !SECRET_HEADERS.includes(name))
		.map(([name, value]): [string, string] => [name, String(value)]);
	const record = {
		at: new Date().toISOString(),
		method: request.method,
		path,
		headers: Object.fromEntries(headers),
		username: usernameOf(key),
		body: text,
	};
	state.logRequest(record);
	return record;
}

interface RawCall {
	path: string;
	method: string;
	key: string;
	body: JsonObject | undefined;
	clientIp: string;
}

async function answer(world: World, call: RawCall): Promise<Answer> {
	return serveRoute(world, call).catch((error: unknown) => {
		if (error instanceof FieldFailure) return failure(invalid(error), world.settings.errorShape);
		if (error instanceof Refusal) return failure(error, world.settings.errorShape);
		throw error;
	});
}

async function serveRoute(world: World, { path, method, key, body, clientIp }: RawCall): Promise<Answer> {
	const route = findRoute(method, path);
	if (!route) throw new Refusal(404, `The simulator has no endpoint ${method} ${path}`);
	const apiKey = authenticate(world, key, path);
	if (!body) throw new Refusal(400, 'An error occurred processing the json data you sent', CODES.payload);
	const call: Call = { world, key: apiKey, body, clientIp };
	return success(await route.answer(call));
}
