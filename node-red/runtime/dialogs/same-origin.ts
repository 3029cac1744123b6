/**
 * Lets only the editor's own page call a route. Without `adminAuth`, Node-RED takes a request from any page that a
 * person has open, and a form or an image of another page can send one without asking. A program other than a browser
 * sends none of these headers.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { Request, RequestHandler } from 'express';
import type { Runtime } from '../platform/runtime';

/**
 * The hostname and port that the browser asked for, as a proxy in front of Node-RED passes them on. Another page can
 * set neither header.
 */
function hostsOf(request: Request): (string | undefined)[] {
	return [request.get('x-forwarded-host')?.split(',')[0]?.trim(), request.get('host')];
}

/** True for a request of a page of this server, as far as the browser says where it comes from. */
function isOwn(request: Request): boolean {
	const site = request.get('sec-fetch-site');
	if (site !== undefined) return site === 'same-origin';
	const origin = request.get('origin');
	return origin === undefined || (URL.canParse(origin) && hostsOf(request).includes(new URL(origin).host));
}

/** Guards a route: JSON from the editor's own page. Another page cannot send JSON without asking the server first. */
export function fromEditor(RED: Runtime): RequestHandler {
	return (request, response, next) => {
		const refuse = (status: number, key: string) =>
			response.status(status).json({ ok: false, type: 'invalid', message: RED._(`errors.${key}`) });
		if (!isOwn(request)) refuse(403, 'otherOrigin');
		else if (!request.is('application/json')) refuse(415, 'notJson');
		else next();
	};
}
