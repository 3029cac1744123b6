/** Says of a value that will not do where it was read, if not from the dialog: a person looks there first. */
import type { NodeMessage } from 'node-red';
import { findOperation, Smtp2goError, type Field } from '../../../../api';
import { FROM_MESSAGE } from '../../../shared/own-options';
import { isOn, showSource } from '../../../shared/saved-action';
import { coreEmailSource } from '../../../shared/core-email/core-email';
import { unsetSource } from '../../../shared/unset';
import type { Runtime } from '../../platform/runtime';
import type { ActionDef } from '../../platform/saved-nodes';

/** Where a field is read of which nothing is saved; empty for one that is not sent then. */
function placesOf(resource: string, field: Field, { fieldsFrom }: ActionDef): string {
	if (!isOn(fieldsFrom)) return unsetSource(resource, field)?.shows ?? '';
	const { name, also } = field;
	return [coreEmailSource(resource, name)?.shows, showSource(fieldsFrom, name), also && showSource(fieldsFrom, also)]
		.filter((place) => place !== undefined)
		.join(', ');
}

/** The same error; one of an `invalid` value with the message's property that it came from. */
export function withSource(RED: Runtime, resource: string, def: ActionDef, msg: NodeMessage, thrown: unknown): unknown {
	if (!(thrown instanceof Smtp2goError) || thrown.kind !== 'invalid' || thrown.details.hint !== undefined)
		return thrown;
	const isChosenByMessage = def.operation === FROM_MESSAGE;
	const operation = findOperation(resource, String(isChosenByMessage ? msg['operation'] : def.operation));
	const flawed = thrown.details.fieldErrors?.[0]?.field ?? '';
	const field = operation?.fields.find(({ name }) => name === flawed);
	if (field === undefined || (!isChosenByMessage && Object.hasOwn(def.fields ?? {}, flawed))) return thrown;
	const source = placesOf(resource, field, def);
	const hint = source === '' ? RED._('errors.addField') : RED._('errors.readFrom', { source });
	return new Smtp2goError('invalid', thrown.message, { ...thrown.details, hint });
}
