/** An outcome node, what reaches its outputs, and the emails that it waits for. */
import { DEMO_API_KEY, type Simulator } from '../../../simulator';
import { account, inbox, key, load, node } from './node-red';

/** A flow of one outcome node, or of several. */
export function outcomeFlow(
	simulator: Simulator,
	defs: object | readonly object[] = {},
	more: object = {},
): Record<string, unknown>[] {
	return [
		{ id: 'tab', type: 'tab', label: 'Test' },
		account(simulator, { pollInterval: 1, ...more }),
		...[defs].flat().map((def) => ({
			id: 'o',
			z: 'tab',
			type: 'smtp2go-outcome',
			name: '',
			account: 'account',
			sent: { type: 'msg', value: 'payload' },
			limit: 10,
			limitUnit: 'minutes',
			softLimit: '',
			source: 'auto',
			version: 1,
			wires: [['out0'], ['out1'], ['out2']],
			...def,
		})),
		...['out0', 'out1', 'out2'].map((id) => ({ id, z: 'tab', type: 'helper' })),
		{ id: 'catcher', z: 'tab', type: 'catch', scope: null, uncaught: false, wires: [['caught']] },
		{ id: 'caught', z: 'tab', type: 'helper' },
		{ id: 'watcher', z: 'tab', type: 'status', scope: ['o'], wires: [['statuses']] },
		{ id: 'statuses', z: 'tab', type: 'helper' },
	];
}

/** The inboxes of a flow. A deploy needs new ones. */
export function outcomeBoxes() {
	return {
		delivered: inbox('out0'),
		failed: inbox('out1'),
		timedOut: inbox('out2'),
		caught: inbox('caught'),
		statuses: inbox('statuses'),
	};
}

/** Loads a flow, and returns its inboxes. */
export async function startOutcome(flow: Record<string, unknown>[], settings: object = {}, credentials = key()) {
	await load(flow, credentials, settings);
	return outcomeBoxes();
}

/** Sends an email, and returns what an email node would. */
export async function sendTo({ apiUrl }: Simulator, ...to: string[]) {
	const response = await fetch(`${apiUrl}/email/send`, {
		method: 'POST',
		headers: { 'X-Smtp2go-Api-Key': DEMO_API_KEY, 'content-type': 'application/json' },
		body: JSON.stringify({ sender: 'shop@shop.example', to, subject: 'Hi', text_body: 'Hi' }),
	});
	const { data } = (await response.json()) as { data: { email_id: string } };
	return { emailId: data.email_id, to };
}

/** Hands a message to the outcome node. */
export function wait(payload: unknown, more: object = {}): void {
	node('o').receive({ payload, order: 17, ...more } as never);
}

/** The outcome in a message. */
export function outcomeIn(message: object) {
	return (message as { outcome: Record<string, unknown> }).outcome;
}

/** The text of the last status. */
export function statusText({ statuses }: ReturnType<typeof outcomeBoxes>): string {
	return String(statuses.messages.at(-1)?.status?.['text']);
}
