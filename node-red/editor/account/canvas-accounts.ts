/** Accounts on the canvas: which of them have no key, and which one a node takes that came without. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { common } from '../dialog/messages';

const ACCOUNT = 'smtp2go-account';

/** Whether the running Node-RED holds a key, by account; nothing for one that nobody has answered for yet. */
const stored = new Map<string, boolean>();

/** Nodes that came without an account since the last look, by their ID. */
const homeless = new Map<string, CanvasNode>();

/** True once the flows that run are on the canvas: what comes later was dropped, pasted or imported. */
let isLoaded = false;

function accounts(): CanvasNode[] {
	const found: CanvasNode[] = [];
	RED.nodes.eachConfig((node) => {
		if (node.type === ACCOUNT) found.push(node);
	});
	return found;
}

/** True for a node of ours that asks for an account. */
function asksForAccount({ _def: { defaults = {} } }: CanvasNode): boolean {
	return defaults['account']?.type === ACCOUNT;
}

/** False only where it is known that there is no key: what was typed here counts before what runs. */
function hasKey({ id, credentials = {} }: CanvasNode): boolean {
	const { has_apiKey: has, apiKey } = credentials;
	if (typeof has === 'boolean') return has;
	return Boolean(apiKey) || (stored.get(id) ?? true);
}

/** Says what is wrong with the account of a node. */
export function checkAccount(id: unknown): true | string {
	const account = typeof id === 'string' ? RED.nodes.node(id) : undefined;
	if (account?.type !== ACCOUNT) return common('accounts.none');
	const label = RED.utils.getNodeLabel(account, account.id);
	if (!hasKey(account)) return common('accounts.noKey', { account: label });
	return account.valid !== false || common('accounts.invalid', { account: label });
}

/** Says that an account has no key. */
export function checkKey(account: CanvasNode): true | string {
	return hasKey(account) || common('accounts.noKey', { account: RED.utils.getNodeLabel(account, account.id) });
}

/** Looks at everything again that an account's key may make valid. */
function validateAll(): void {
	for (const account of accounts()) RED.editor.validateNode(account);
	RED.nodes.eachNode((node) => {
		if (asksForAccount(node)) RED.editor.validateNode(node);
	});
	RED.view.redraw();
}

/**
 * Asks Node-RED itself whether accounts have a key; it never says which. Without an answer they count as if they had.
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

/** Gives the only account there is to the nodes that came without one. */
function house(): void {
	const nodes = [...homeless.values()].filter(
		({ id, account }) => account === '' && RED.nodes.node(id) !== undefined && RED.nodes.node(id) !== null,
	);
	homeless.clear();
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

/** Something came onto the canvas. Several come at once, and are only linked to each other when all have come. */
function onAdded(node: CanvasNode): void {
	const isAccount = node.type === ACCOUNT;
	if (isAccount) ask([node]);
	if (!isLoaded) return;
	if (isAccount)
		RED.nodes.eachNode((one) => {
			if (asksForAccount(one) && one.account === '') homeless.set(one.id, one);
		});
	else if (asksForAccount(node) && node.account === '') homeless.set(node.id, node);
	else return;
	setTimeout(house);
}

/** Starts to look after accounts. */
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
