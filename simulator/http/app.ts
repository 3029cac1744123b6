// The simulator's HTTP server.
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { FieldFailure } from '../schema/readers';
import type { World } from '../world';
import { serveApi } from './endpoints';
import { serveControl } from '../control/serve';
import { failure } from './envelope';
import { foreign } from './guard';
import { servePage } from './page';
import { Refusal } from '../core/refusal';

/** The route that says that the simulator runs. */
const HEALTH = '/health';

/** The simulator's server, not yet listening. */
export function createApp(world: World): FastifyInstance {
	const app = fastify({ forceCloseConnections: true, logger: false });
	// Every body is kept as raw bytes: the log shows what was received, and only the API decides what is JSON.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	const own = world.settings.url === undefined ? undefined : new URL(world.settings.url);
	app.addHook('onRequest', async (request, reply) => {
		// A container's health check may ask by any address. The answer holds nothing.
		const reason = request.url === HEALTH ? undefined : foreign(request, own);
		if (reason !== undefined) await reply.code(403).send({ error: reason });
	});
	app.setErrorHandler((error: FastifyError, request, reply) => {
		if (request.url.startsWith('/_simulator/')) {
			const known = error instanceof Refusal || error instanceof FieldFailure;
			return reply.code(known ? 400 : 500).send({ error: error.message });
		}
		const refusal = new Refusal(error.statusCode ?? 500, error.message);
		return reply.code(refusal.status).send(failure(refusal, world.settings.errorShape).body);
	});
	app.get(HEALTH, async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }));
	serveApi(app, world);
	serveControl(app, world);
	servePage(app, world);
	return app;
}
