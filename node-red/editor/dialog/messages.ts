/** The messages of the dialogs, in the user's language. */
import { EDITOR_ID } from './plugin-id';
import type { FormField } from '../../shared/form';
import type { DialogNode } from './dialog-node';

/** A message of the editor plugin, as in `common('addOption')`. */
export function common(key: string, words?: Readonly<Record<string, string>>): string {
	return RED.plugins.getPlugin(EDITOR_ID)._(`common.${key}`, words);
}

/** A message about an event, as in `eventText('events.bounce.label')`. */
export function eventText(key: string): string {
	return RED.plugins.getPlugin(EDITOR_ID)._(key);
}

/** A message about a field: from the node set, or from the editor plugin if several resources share it. */
export function fieldText(node: DialogNode, field: FormField, part: string): string {
	const key = `${field.text}.${part}`;
	return key.startsWith('common.') ? RED.plugins.getPlugin(EDITOR_ID)._(key) : node._(key);
}

/** The key of a choice in the messages (see generate/messages.ts): a key cannot be empty. */
export function choiceKey(value: string): string {
	return value === '' ? '_none' : value;
}
