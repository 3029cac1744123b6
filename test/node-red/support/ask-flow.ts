/** An ask node, what reaches its outputs, and the links that it sends. */
import type { AnswerData } from '../../../api';
import type { Simulator } from '../../../simulator';
import { linksTo } from './ask-links';
import { account, inbox, key, load, node, until } from './node-red';

/** A text that the dialog holds. */
export const fixed = (value: string) => ({ type: 'str', value });

/** What an ask node saves, for an approval by email. */
export const askDef = {
	id: 'q',
	z: 'tab',
	type: 'smtp2go-ask',
	name: '',
	account: 'account',
	via: 'email',
	fields: {
		to: fixed('Boss <boss@shop.example>'),
		phones: fixed('+14155550123'),
		sender: fixed('shop@shop.example'),
		subject: { type: 'msg', value: 'topic' },
		message: { type: 'msg', value: 'payload' },
	},
	responseType: 'approval',
	choices: '',
	comment: 'none',
	limit: '',
	limitUnit: 'days',
	version: 1,
	wires: [['out0'], ['out1'], ['out2']],
};

/** A flow of one ask node with three outputs, or of several. */
export function askFlow(
	simulator: Simulator,
	publicUrl: string,
	defs: object | readonly object[] = {},
	more: object = {},
): Record<string, unknown>[] {
	return [
		{ id: 'tab', type: 'tab', label: 'Test' },
		account(simulator, { publicUrl, pollInterval: 1, ...more }),
		...[defs].flat().map((def) => ({ ...askDef, ...def })),
		...['out0', 'out1', 'out2'].map((id) => ({ id, z: 'tab', type: 'helper' })),
		{ id: 'catcher', z: 'tab', type: 'catch', scope: null, uncaught: false, wires: [['caught']] },
		{ id: 'caught', z: 'tab', type: 'helper' },
		{ id: 'completer', z: 'tab', type: 'complete', scope: ['q'], wires: [['completed']] },
		{ id: 'completed', z: 'tab', type: 'helper' },
		{ id: 'watcher', z: 'tab', type: 'status', scope: ['q'], wires: [['statuses']] },
		{ id: 'statuses', z: 'tab', type: 'helper' },
	];
}

/** The inboxes of a flow. A deploy needs new ones. */
export function boxes() {
	return {
		outs: [inbox('out0'), inbox('out1'), inbox('out2')] as const,
		caught: inbox('caught'),
		completed: inbox('completed'),
		statuses: inbox('statuses'),
	};
}

/** Loads a flow, and returns its inboxes. */
export async function startAsk(flow: Record<string, unknown>[], credentials = key(), settings: object = {}) {
	await load(flow, credentials, settings);
	return boxes();
}

/** Hands a message to the ask node. */
export function ask(message: object = {}, id = 'q'): void {
	node(id).receive({ topic: 'Invoice 17', payload: 'Pay 100 EUR to Acme?', ...message });
}

/** Waits for the newest link to a recipient. */
export async function linkTo(simulator: Simulator, address = 'boss@shop.example', count = 1): Promise<string> {
	await until(() => linksTo(simulator, address).length >= count);
	return linksTo(simulator, address)[count - 1] ?? '';
}

/** Posts the form of a page. */
export function post(link: string, form: Record<string, string>): Promise<Response> {
	return fetch(link, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
}

/** The answer in a message. */
export function answerIn(message: object): AnswerData | { timedOut: true } {
	return (message as { answer: AnswerData | { timedOut: true } }).answer;
}
