/**
 * Tells Node-RED the node types without loading what runs them: a package with twenty types costs a Node-RED that
 * uses none of them a few milliseconds. The catalogue and the client are read when the first node is made, or when a
 * dialog first asks something.
 */
/* eslint-disable @typescript-eslint/no-require-imports, @n8n/community-nodes/no-restricted-imports */
import type { RequestHandler } from 'express';
import type { Node, NodeInitializer } from 'node-red';
import { fromEditor } from './dialogs/same-origin';
import type { AccountCredentials, AccountDef, AccountNode, ActionDef, Runtime, TriggerDef } from './platform/types';

const actions = () => require('./action-node') as typeof import('./action-node');
const accounts = () => require('./account-node') as typeof import('./account-node');
const triggers = () => require('./trigger-node') as typeof import('./trigger-node');
const admin = () => require('./dialogs/answers') as typeof import('./dialogs/answers');

/** A node type that runs the operations of one resource. */
export function actionNode(resource: string, type: string): NodeInitializer {
	return (RED) => {
		RED.nodes.registerType(type, function action(this: Node, def: ActionDef) {
			RED.nodes.createNode(this, def);
			actions().start(RED, resource, this, def);
		});
	};
}

/** The node type that starts a flow on SMTP2GO's events. */
export function triggerNode(type: string): NodeInitializer {
	return (RED) => {
		RED.nodes.registerType(type, function trigger(this: Node, def: TriggerDef) {
			RED.nodes.createNode(this, def);
			triggers().start(RED, this, def);
		});
	};
}

/** True where any of the texts names a variable of the environment. */
function namesVariable(body: unknown): boolean {
	return Object.values(body ?? {}).some((text) => typeof text === 'string' && text.includes('${'));
}

/**
 * Opens the dialogs' routes, all alike: JSON by POST, from the editor's own page. Reading a list needs the permission
 * `smtp2go.read`, all that shows or spends a secret
 * `smtp2go.write`. An environment variable is read only for users with permission to deploy, who could read it anyway.
 */
export function openAdminRoutes(RED: Runtime): void {
	const own = fromEditor(RED);
	const mayRead = RED.auth.needsPermission('smtp2go.read');
	const mayWrite = RED.auth.needsPermission('smtp2go.write');
	const mayDeploy = RED.auth.needsPermission('flows.write');
	const mayNameVariables: RequestHandler = (request, response, next) => {
		if (namesVariable(request.body)) mayDeploy(request, response, next);
		else next();
	};
	RED.httpAdmin.post('/smtp2go/check-key', own, mayWrite, mayNameVariables, (request, response) =>
		admin().answer(RED, 'checkKey', request.body, response),
	);
	RED.httpAdmin.post('/smtp2go/show-hook', own, mayWrite, (request, response) =>
		admin().answer(RED, 'showHook', request.body, response),
	);
	RED.httpAdmin.post('/smtp2go/list', own, mayRead, (request, response) =>
		admin().answer(RED, 'readList', request.body, response),
	);
	RED.httpAdmin.post('/smtp2go/variables', own, mayRead, (request, response) =>
		admin().answer(RED, 'readVariables', request.body, response),
	);
}

/** The node type that holds an account: its key, its region and the hook of its triggers. */
export function accountNode(type: string): NodeInitializer {
	return (RED) => {
		openAdminRoutes(RED);
		RED.nodes.registerType<AccountNode, AccountDef, object, AccountCredentials>(
			type,
			function account(this: AccountNode, def: AccountDef) {
				RED.nodes.createNode(this, def);
				accounts().start(RED, this, def);
			},
			{
				credentials: {
					apiKey: { type: 'password' },
					hookUser: { type: 'text' },
					hookPassword: { type: 'password' },
				},
			},
		);
	};
}
