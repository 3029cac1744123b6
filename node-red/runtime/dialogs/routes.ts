/** The HTTP routes that the editor's dialogs and its side bar call, and who can call them. */
/* eslint-disable @typescript-eslint/no-require-imports, @n8n/community-nodes/no-restricted-imports */
import type { RequestHandler } from 'express';
import type { Runtime } from '../platform/runtime';
import { fromEditor } from './same-origin';

/** Loaded with the first request: see register.ts. */
const answers = () => require('./answers') as typeof import('./answers');

/** True if a text names an environment variable. */
function namesVariable(body: unknown): boolean {
	return Object.values(body ?? {}).some((text) => typeof text === 'string' && text.includes('${'));
}

/**
 * Opens the routes. All take JSON by POST from the editor's own page. Reading a list needs the permission
 * `smtp2go.read`; what shows or spends a secret, or starts a flow, needs `smtp2go.write`. An environment variable is read only for users
 * who can deploy, since they could read it anyway.
 */
export function openDialogRoutes(RED: Runtime): void {
	const own = fromEditor(RED);
	const mayRead = RED.auth.needsPermission('smtp2go.read');
	const mayWrite = RED.auth.needsPermission('smtp2go.write');
	const mayDeploy = RED.auth.needsPermission('flows.write');
	const mayNameVariables: RequestHandler = (request, response, next) => {
		if (namesVariable(request.body)) mayDeploy(request, response, next);
		else next();
	};
	RED.httpAdmin.post('/smtp2go/check-key', own, mayWrite, mayNameVariables, (request, response) =>
		answers().answer(RED, 'checkKey', request.body, response),
	);
	RED.httpAdmin.post('/smtp2go/show-hook', own, mayWrite, (request, response) =>
		answers().answer(RED, 'showHook', request.body, response),
	);
	RED.httpAdmin.post('/smtp2go/list', own, mayRead, (request, response) =>
		answers().answer(RED, 'readList', request.body, response),
	);
	RED.httpAdmin.post('/smtp2go/missing-permissions', own, mayRead, (request, response) =>
		answers().answer(RED, 'readMissing', request.body, response),
	);
	RED.httpAdmin.post('/smtp2go/variables', own, mayRead, (request, response) =>
		answers().answer(RED, 'readVariables', request.body, response),
	);
	RED.httpAdmin.post('/smtp2go/preview', own, mayRead, (request, response) =>
		answers().answer(RED, 'previewEmail', request.body, response),
	);
	RED.httpAdmin.post('/smtp2go/send-test', own, mayWrite, (request, response) =>
		answers().answer(RED, 'sendTest', request.body, response),
	);
	RED.httpAdmin.post('/smtp2go/side-bar', own, mayRead, (request, response) =>
		answers().answer(RED, 'overview', request.body, response),
	);
	RED.httpAdmin.post('/smtp2go/last-emails', own, mayRead, (request, response) =>
		answers().answer(RED, 'readEmails', request.body, response),
	);
	RED.httpAdmin.post('/smtp2go/quota', own, mayRead, (request, response) =>
		answers().answer(RED, 'readQuota', request.body, response),
	);
	RED.httpAdmin.post('/smtp2go/sample-event', own, mayWrite, (request, response) =>
		answers().answer(RED, 'sendSample', request.body, response),
	);
}
