// Refuses requests from other websites and other machines.
import type { FastifyRequest } from 'fastify';

const LOCAL = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/**
 * Why a request must not be served: some web page in the user's browser is behind it. The simulator runs beside that
 * browser with a known key, so it answers only to its own addresses (against DNS rebinding) and to its own page.
 * @param own how other machines reach it, if they may
 */
export function foreign(request: FastifyRequest, own: URL | undefined): string | undefined {
	const host = request.headers.host ?? '';
	const isOwn = own !== undefined && host.toLowerCase() === own.host;
	if (!LOCAL.test(host) && !isOwn)
		return `The simulator answers only to 127.0.0.1, localhost${own === undefined ? '. Name others with --url' : ` and ${own.host}`}`;
	const { origin } = request.headers;
	const isOwnOrigin = origin === `http://${host}` || (isOwn && origin === own.origin);
	if (origin !== undefined && !isOwnOrigin) return 'The simulator answers no other web page';
	if (request.headers['sec-fetch-site'] === 'cross-site') return 'The simulator answers no other web page';
	return undefined;
}
