/**
 * The door of the runtime: registers the node types without loading what runs them. A package with twenty types then
 * costs a Node-RED that uses none of them a few milliseconds. The catalogue and the client load with the first node, or
 * with the first request of a dialog.
 */
/* eslint-disable @typescript-eslint/no-require-imports */
import type { Node, NodeInitializer } from 'node-red';
import type { AccountNode } from './account/account';
import { openDialogRoutes } from './dialogs/routes';
import { withSharedMessages } from './platform/shared-messages';
import type {
	AccountCredentials,
	AccountDef,
	ActionDef,
	AskDef,
	HealthDef,
	OutcomeDef,
	SmsInDef,
	TriggerDef,
} from './platform/saved-nodes';

const actions = () => require('./action-node') as typeof import('./action-node');
const accounts = () => require('./account-node') as typeof import('./account-node');
const triggers = () => require('./trigger-node') as typeof import('./trigger-node');
const smsIn = () => require('./sms-in-node') as typeof import('./sms-in-node');
const ask = () => require('./ask-node') as typeof import('./ask-node');
const outcome = () => require('./outcome-node') as typeof import('./outcome-node');
const health = () => require('./health-node') as typeof import('./health-node');

/** A node type that runs the operations of one resource. */
export function actionNode(resource: string, type: string): NodeInitializer {
	return (api) => {
		const RED = withSharedMessages(api);
		RED.nodes.registerType(type, function action(this: Node, def: ActionDef) {
			RED.nodes.createNode(this, def);
			actions().start(RED, resource, this, def);
		});
	};
}

/** The node type that starts a flow on SMTP2GO's events. */
export function triggerNode(type: string): NodeInitializer {
	return (api) => {
		const RED = withSharedMessages(api);
		RED.nodes.registerType(type, function trigger(this: Node, def: TriggerDef) {
			RED.nodes.createNode(this, def);
			triggers().start(RED, this, def);
		});
	};
}

/** The node type that starts a flow on received text messages. */
export function smsInNode(type: string): NodeInitializer {
	return (api) => {
		const RED = withSharedMessages(api);
		RED.nodes.registerType(type, function receive(this: Node, def: SmsInDef) {
			RED.nodes.createNode(this, def);
			smsIn().start(RED, this, def);
		});
	};
}

/** The node type that asks people and waits for their answer. */
export function askNode(type: string): NodeInitializer {
	return (api) => {
		const RED = withSharedMessages(api);
		RED.nodes.registerType(type, function waitForAnswer(this: Node, def: AskDef) {
			RED.nodes.createNode(this, def);
			ask().start(RED, this, def);
		});
	};
}

/** The node type that waits for the outcome of sent emails. */
export function outcomeNode(type: string): NodeInitializer {
	return (api) => {
		const RED = withSharedMessages(api);
		RED.nodes.registerType(type, function waitForOutcome(this: Node, def: OutcomeDef) {
			RED.nodes.createNode(this, def);
			outcome().start(RED, this, def);
		});
	};
}

/** The node type that starts a flow when something is wrong with an account. */
export function healthNode(type: string): NodeInitializer {
	return (api) => {
		const RED = withSharedMessages(api);
		RED.nodes.registerType(type, function watch(this: Node, def: HealthDef) {
			RED.nodes.createNode(this, def);
			health().start(RED, this, def);
		});
	};
}

/** The node type that holds an account: its API key, its region, and the webhook of its triggers. */
export function accountNode(type: string): NodeInitializer {
	return (api) => {
		const RED = withSharedMessages(api);
		openDialogRoutes(RED);
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
