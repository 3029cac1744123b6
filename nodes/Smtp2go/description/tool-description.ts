/** What an AI agent is told of the node, where it is a tool. */
import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../api';

/** True for what an agent must be warned of: it cannot be undone, leaves the account, or may lock it. */
function isGuarded({ effect, keyInBody, notice }: Operation): boolean {
	return (
		notice !== undefined &&
		(effect === 'destroys' || effect === 'sends' || (effect === 'writes' && keyInBody === true))
	);
}

/**
 * The tool's description, shown only where the node is a tool. n8n tells an agent the action alone ("Send SMS in
 * SMTP2GO"), and the action is short because it also names the node: so what comes of the operation stands here, and a
 * person may change it. Where the field is empty, n8n tells the action.
 */
export function toolDescription(operation: Operation): INodeProperties {
	const { help, notice = '' } = operation;
	const initial = isGuarded(operation) ? `${help}. ${notice}` : '';
	return {
		displayName: 'Tool Description',
		name: 'toolDescription',
		type: 'string',
		typeOptions: { rows: 2 },
		default: initial,
		description:
			'What the AI agent reads about this tool. If you leave it empty, it reads the operation, as in "Send email in SMTP2GO".',
		displayOptions: { show: { '@tool': [true] } },
	};
}
