/** What an AI agent reads about the node when it is used as a tool. */
import type { INodeProperties } from 'n8n-workflow';
import type { OperationBase } from '../../../api';

/**
 * True for an operation that an agent must be warned of: it sends something, cannot be undone, or can lock the account.
 */
function isGuarded({ effect, keyInBody, notice }: OperationBase): boolean {
	return (
		notice !== undefined &&
		(effect === 'destroys' || effect === 'sends' || (effect === 'writes' && keyInBody === true))
	);
}

/**
 * The tool description, shown only if the node is a tool. By default, n8n tells an agent only the action ("Send SMS in
 * SMTP2GO"). Actions are short because they also name the node, so the consequences are added here. The user can edit
 * the text.
 */
export function toolDescription(operation: OperationBase): INodeProperties {
	const { help, notice = '' } = operation;
	const initial = isGuarded(operation) ? `${help}. ${notice}` : '';
	return {
		displayName: 'Tool Description',
		name: 'toolDescription',
		type: 'string',
		typeOptions: { rows: 2 },
		default: initial,
		description:
			'Explains to the AI agent what this tool does. ' +
			'If empty, the agent gets the name of the operation, such as "Send email in SMTP2GO".',
		displayOptions: { show: { '@tool': [true] } },
	};
}
