/** The links that an ask node sends. Without Node-RED, so that the tests of a whole one use it too. */
import type { Simulator } from '../../../simulator';

/** The links in the emails and text messages that were sent to a recipient, oldest first, each once. */
export function linksTo({ state }: Simulator, address: string): string[] {
	const emails = state.emails.filter(({ to }) => to.some((one) => one.address === address));
	const texts = [
		...emails.map(({ text }) => text ?? ''),
		...state.sms.filter((one) => one.destination === address).map((one) => one.content),
	];
	return [...new Set(texts.flatMap((text) => text.match(/https?:\/\/\S+\/ask\/[\w.-]+/g) ?? []))];
}
