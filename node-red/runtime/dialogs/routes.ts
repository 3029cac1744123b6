/** The HTTP routes that the editor's dialogs and its side bar call, and who can call them. */
/* eslint-disable @typescript-eslint/no-require-imports, @n8n/community-nodes/no-restricted-imports */
import type { RequestHandler } from 'express';
import type { Runtime } from '../platform/runtime';
import type { AnswerName } from './answers';
import { fromEditor } from './same-origin';

/** Loaded with the first request: see register.ts. */
const answers = () => require('./answers') as typeof import('./answers');

/** True if a text names an environment variable. */
function namesVariable(body: unknown): boolean {
	return Object.values(body ?? {}).some((text) => typeof text === 'string' && text.includes('${'));
}

/** The answer to each path that reads. It needs the permission `smtp2go.read`. */
const reads = {
	list: 'readList',
	'missing-permissions': 'readMissing',
	variables: 'readVariables',
	preview: 'previewEmail',
	'side-bar': 'overview',
	'last-emails': 'readEmails',
	quota: 'readQuota',
} as const;

/** The answer to each path that shows or spends a secret, or starts a flow. It needs `smtp2go.write`. */
const writes = { 'show-hook': 'showHook', 'send-test': 'sendTest', 'sample-event': 'sendSample' } as const;

/**
 * Opens the routes. All take JSON by POST from the editor's own page. An environment variable is read only for users
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
	const open = (paths: Readonly<Record<string, AnswerName>>, ...guards: RequestHandler[]) => {
		for (const [path, name] of Object.entries(paths))
			RED.httpAdmin.post(`/smtp2go/${path}`, own, ...guards, (request, response) =>
				answers().answer(RED, name, request.body, response),
			);
	};
	open(reads, mayRead);
	open(writes, mayWrite);
	open({ 'check-key': 'checkKey' }, mayWrite, mayNameVariables);
}
