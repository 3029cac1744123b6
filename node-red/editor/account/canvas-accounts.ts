/** Accounts on the canvas: which of them have no key, and which one a node without an account takes. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { common } from '../dialog/messages';

const ACCOUNT = 'smtp2go-account';

/** Whether the running Node-RED has a key, by account; no entry before Node-RED has answered. */
const stored = new Map<string, boolean>();

/** Nodes that were added without an account since the last check, by their ID. */
const withoutAccount = new Map<string, CanvasNode>();

/** True once the deployed flows are on the canvas: what comes later was dropped, pasted, or imported. */
let isLoaded = false;

function accounts(): CanvasNode[] {
	const found: CanvasNode[] = [];
	RED.nodes.eachConfig((node) => {
		if (node.type === ACCOUNT) found.push(node);
	});
	return found;
}

/** True for a node of ours that needs an account. */
function asksForAccount({ _def: { defaults = {} } }: CanvasNode): boolean {
	return defaults['account']?.type === ACCOUNT;
}

/** False only if there is certainly no key. What was typed here takes precedence over what is deployed. */
function hasKey({ id, credentials = {} }: CanvasNode): boolean {
	const { has_apiKey: has, apiKey } = credentials;
	if (typeof has === 'boolean') return has;
	return Boolean(apiKey) || (stored.get(id) ?? true);
}

/** Checks the account of a node: `true`, or what is wrong. */
export function checkAccount(id: unknown): true | string {
	const account = typeof id === 'string' ? RED.nodes.node(id) : undefined;
	if (account?.type !== ACCOUNT) return common('accounts.none');
	const label = RED.utils.getNodeLabel(account, account.id);
	if (!hasKey(account)) return common('accounts.noKey', { account: label });
	return account.valid !== false || common('accounts.invalid', { account: label });
}

/** Checks that an account has a key: `true`, or what is wrong. */
export function checkKey(account: CanvasNode): true | string {
	return hasKey(account) || common('accounts.noKey', { account: RED.utils.getNodeLabel(account, account.id) });
}

/** Validates again everything that depends on an account's key. */
function validateAll(): void {
	for (const account of accounts()) RED.editor.validateNode(account);
	RED.nodes.eachNode((node) => {
		if (asksForAccount(node)) RED.editor.validateNode(node);
	});
	RED.view.redraw();
}

/**
 * Asks Node-RED whether accounts have a key, which it never returns. Without an answer, they count as having one.
 */
function ask(asked: readonly CanvasNode[]): void {
	const questions = asked.map(
		({ id }) =>
			new Promise<void>((resolve) => {
				$.getJSON(`credentials/${ACCOUNT}/${encodeURIComponent(id)}`)
					.done((answer: { readonly has_apiKey?: boolean }) => {
						stored.set(id, answer.has_apiKey === true);
					})
					.always(() => resolve());
			}),
	);
	void Promise.all(questions).then(validateAll);
}

/** Gives the only account to the nodes that were added without one. */
function assignAccount(): void {
	const nodes = [...withoutAccount.values()].filter(
		({ id, account }) => account === '' && RED.nodes.node(id) !== undefined && RED.nodes.node(id) !== null,
	);
	withoutAccount.clear();
	const [only, ...others] = accounts().filter(({ d }) => d !== true);
	if (only === undefined || others.length > 0) return;
	for (const node of nodes.filter(
		({ z = '' }) => (!only.z || only.z === z) && RED.nodes.workspace(z)?.locked !== true,
	)) {
		node.account = only.id;
		node.changed = true;
		node.dirty = true;
		RED.nodes.updateConfigNodeUsers(node);
		RED.editor.validateNode(node);
	}
	RED.view.redraw();
}

/** Handles a node that was added. Several are added at once, and linked to each other only when all are there. */
function onAdded(node: CanvasNode): void {
	const isAccount = node.type === ACCOUNT;
	if (isAccount) ask([node]);
	if (!isLoaded) return;
	if (isAccount)
		RED.nodes.eachNode((one) => {
			if (asksForAccount(one) && one.account === '') withoutAccount.set(one.id, one);
		});
	else if (asksForAccount(node) && node.account === '') withoutAccount.set(node.id, node);
	else return;
	setTimeout(assignAccount);
}

/** Watches the accounts on the canvas. */
export function watchAccounts(): void {
	RED.events.on('flows:loaded', () => {
		isLoaded = true;
	});
	RED.events.on('nodes:add', onAdded);
	RED.events.on('deploy', () => {
		stored.clear();
		ask(accounts());
	});
}
