// Serves the control API, which the page and the tests of whole hosts use.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isObject, type JsonObject, parseJson } from '../core/json';
import type { World } from '../world';
import { commands } from './commands';
import { Refusal } from '../core/refusal';
import { emailDetail, views } from './views';

/** Serves `/_simulator`: views (GET) and commands (POST, DELETE). */
export function serveControl(app: FastifyInstance, world: World): void {
	for (const [name, view] of Object.entries(views)) {
		app.get<{ Querystring: { limit?: string } }>(`/_simulator/${name}`, async ({ query }, reply) => {
			const found = view(world);
			return reply.send(
				Array.isArray(found) && query.limit !== undefined ? found.slice(0, Number(query.limit)) : found,
			);
		});
	}
	app.get<{ Params: { id: string } }>('/_simulator/emails/:id', async ({ params }, reply) => {
		const email = world.state.email(params.id);
		return email
			? reply.send(emailDetail(world, email))
			: reply.code(404).send({ error: 'There is no such email' });
	});
	for (const [name, command] of Object.entries(commands)) {
		app.post(`/_simulator/${name}`, async (request, reply) => reply.send(command(bodyOf(request), world)));
	}
	app.delete('/_simulator/faults', async (_request, reply) => {
		world.faults.clear();
		world.state.changed();
		return reply.send({ ok: true });
	});
}

function bodyOf(request: FastifyRequest): JsonObject {
	if (!Buffer.isBuffer(request.body) || request.body.length === 0) return {};
	const value = parseJson(request.body.toString('utf8'));
	if (!isObject(value)) throw new Refusal(400, 'The body must be a JSON object');
	return value;
}
