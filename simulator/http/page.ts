// Serves the page, and the emails and files that it shows.
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Email, StoredFile } from '../types';
import type { World } from '../world';
import { sourceOf } from '../email/source';
import { renderedEmail } from './rendered-email';

const FOLDER = join(__dirname, '..', 'page');

const TYPES: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.svg': 'image/svg+xml',
};

/** The page runs its own script and style and shows emails in a frame; nothing is loaded from elsewhere. */
const PAGE_POLICY =
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * An email may show its own pictures and styles. No script, no form, no request to anywhere; links open in a tab of
 * their
 * own.
 */
const EMAIL_POLICY =
	"sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; " +
	"style-src 'unsafe-inline'; font-src data:; frame-ancestors 'self'";

/** Serves the page at `/`, emails as they render and as they were sent, and their files. */
export function servePage(app: FastifyInstance, { state }: World): void {
	for (const file of readdirSync(FOLDER)) {
		const content = readFileSync(join(FOLDER, file));
		const type = TYPES[extname(file)];
		if (type === undefined) continue;
		app.get(file === 'index.html' ? '/' : `/page/${file}`, async (_request, reply) =>
			reply
				.header('content-security-policy', PAGE_POLICY)
				.header('x-content-type-options', 'nosniff')
				.header('cache-control', 'no-cache')
				.type(type)
				.send(content),
		);
	}
	app.get<{ Params: { id: string } }>('/_simulator/emails/:id/html', async ({ params }, reply) => {
		const email = state.email(params.id);
		if (!email) return notFound(reply);
		return reply
			.header('content-security-policy', EMAIL_POLICY)
			.header('x-content-type-options', 'nosniff')
			.header('referrer-policy', 'no-referrer')
			.type('text/html; charset=utf-8')
			.send(renderedEmail(email));
	});
	// Where the archive's `url` points. Whether the live service asks for the key is not known; here it does not.
	app.get<{ Params: { id: string } }>('/archive-attachment/:id', async ({ params }, reply) => {
		const email = state.email(params.id);
		return sendFile(
			reply,
			email && {
				filename: `${email.emailId}.eml`,
				mimetype: 'message/rfc822',
				content: Buffer.from(sourceOf(email)),
			},
		);
	});
	app.get<{ Params: { id: string; index: string } }>(
		'/_simulator/emails/:id/attachments/:index',
		async ({ params }, reply) =>
			sendFile(reply, filesOf(state.email(params.id), 'attachments')[Number(params.index)]),
	);
	app.get<{ Params: { id: string; index: string } }>(
		'/_simulator/emails/:id/inlines/:index',
		async ({ params }, reply) => sendFile(reply, filesOf(state.email(params.id), 'inlines')[Number(params.index)]),
	);
}

function filesOf(email: Email | undefined, kind: 'attachments' | 'inlines'): StoredFile[] {
	return email?.[kind] ?? [];
}

/** Always a download: a file of an email is never opened inside the simulator's own origin. */
function sendFile(reply: FastifyReply, file: StoredFile | undefined): FastifyReply {
	if (!file) return notFound(reply);
	return reply
		.header(
			'content-disposition',
			`attachment; filename*=UTF-8''${encodeURIComponent(file.filename).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)}`,
		)
		.header('content-security-policy', "default-src 'none'; sandbox")
		.header('x-content-type-options', 'nosniff')
		.type('application/octet-stream')
		.send(file.content);
}

function notFound(reply: FastifyReply): FastifyReply {
	return reply.code(404).send({ error: 'There is no such email or file' });
}
