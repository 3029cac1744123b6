/** The signed links to the page, one per recipient. */
import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { callbackUrlError, type Recipient } from '../../../api';
import { LINK_PARAMETER, linkValue } from './open-question';

/** How many parts the path of a link has: the endpoint, the execution, and the node. */
const PARTS = 3;

/**
 * Makes the link of a recipient. n8n signs the whole of it and rejects every link that was changed.
 * @throws NodeOperationError if this n8n cannot sign links
 */
export function linkOf(context: IExecuteFunctions, recipient: Recipient, round: number): string {
	// n8n before 1.105 lacks the function.
	const { getSignedResumeUrl } = context as Partial<IExecuteFunctions>;
	if (typeof getSignedResumeUrl !== 'function')
		throw new NodeOperationError(context.getNode(), 'This version of n8n cannot sign links', {
			itemIndex: 0,
			description: 'Nothing was sent. Update n8n to version 1.105 or later.',
		});
	return getSignedResumeUrl.call(context, { [LINK_PARAMETER]: linkValue(recipient, round) });
}

/** Warns if the address of this n8n may break the links. Undefined if no problem is known. */
export function linkWarning(link: string): string | undefined {
	const { host, pathname } = new URL(link);
	if (callbackUrlError(link, false))
		return (
			`The links lead to ${host}, a private address that recipients elsewhere cannot open. ` +
			"Set n8n's environment variable WEBHOOK_URL to its public address."
		);
	const parts = pathname.split('/').filter((part) => part !== '');
	return parts.length > PARTS
		? `The links contain the path prefix /${parts.slice(0, parts.length - PARTS).join('/')}. If your reverse ` +
				'proxy removes it, n8n rejects every link. Configure the proxy to keep the path unchanged.'
		: undefined;
}
