// Refuses requests from other websites and other machines.
import type { FastifyRequest } from 'fastify';

const LOCAL = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/**
 * Why a request must not be served: some web page in the user's browser is behind it. The simulator runs beside that
 * browser with a
 * known key, so it answers only to its own address (against DNS rebinding) and to its own page.
 */
export function foreign(request: FastifyRequest): string | undefined {
	const host = request.headers.host ?? '';
	if (!LOCAL.test(host)) return 'The simulator answers only to 127.0.0.1 and localhost';
	const { origin } = request.headers;
	if (origin !== undefined && origin !== `http://${host}`) return 'The simulator answers no other web page';
	if (request.headers['sec-fetch-site'] === 'cross-site') return 'The simulator answers no other web page';
	return undefined;
}
