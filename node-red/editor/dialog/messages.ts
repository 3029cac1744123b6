/** The messages of the dialogs, in the user's language. */
import { EDITOR_ID } from './plugin-id';
import type { FormField } from '../../shared/form';
import type { DialogNode } from './dialog-node';

/** A text of the editor's own catalogue, as in `common('addOption')`. */
export function common(key: string, words?: Readonly<Record<string, string>>): string {
	return RED.plugins.getPlugin(EDITOR_ID)._(`common.${key}`, words);
}

/** A text of an event, as in `eventText('events.bounce.label')`. */
export function eventText(key: string): string {
	return RED.plugins.getPlugin(EDITOR_ID)._(key);
}

/** A text of a field: in the node set's catalogue, or in the editor's where several resources share it. */
export function fieldText(node: DialogNode, field: FormField, part: string): string {
	const key = `${field.text}.${part}`;
	return key.startsWith('common.') ? RED.plugins.getPlugin(EDITOR_ID)._(key) : node._(key);
}

/** The key of a choice in the texts (see generate/messages.ts): a key cannot be empty. */
export function choiceKey(value: string): string {
	return value === '' ? '_none' : value;
}
