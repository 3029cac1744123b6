/** A run of many items: one email or text message each, at an account of the test file. */
import type { INodeExecutionData } from 'n8n-workflow';
import type { Account } from './account';
import { runNode, type Run } from './engine';

const email = {
	resource: 'email',
	operation: 'send',
	sender: '={{ $json.from || "shop@example.com" }}',
	to: '={{ $json.to }}',
	subject: 'Hi',
	textBody: 'Hello',
};

/** Items with a recipient each, `p0@example.com` and so on, and what `more` adds to one. */
export const people = (count: number, more: (index: number) => object = () => ({})): INodeExecutionData[] =>
	Array.from({ length: count }, (_, index) => ({ json: { to: `p${index}@example.com`, ...more(index) } }));

/** The input item that an output item belongs to. */
export const indexOf = ({ pairedItem }: INodeExecutionData) => (pairedItem as { item: number }).item;

/** Runs and checks of many items at an account. */
export function manyItems(account: Account) {
	return {
		run: (over: Partial<Run>, parameters: object = {}) =>
			runNode({ parameters: { ...email, ...parameters }, credentials: account.credentials, ...over }),
		/** The recipients of all emails that were sent. */
		recipients: () => account.simulator.state.emails.flatMap(({ to }) => to.map(({ address }) => address)),
		/** The email ID of each of the first items, in the order of the items. */
		idsInOrder: (count: number) =>
			Array.from(
				{ length: count },
				(_, index) =>
					account.simulator.state.emails.find(({ to }) => to[0]?.address === `p${index}@example.com`)
						?.emailId,
			),
	};
}
