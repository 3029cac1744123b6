/** Adds the source of an invalid value to its error, unless the dialog holds the value. */
import type { NodeMessage } from 'node-red';
import { findOffered, Smtp2goError, type Field } from '../../../../api';
import { FROM_MESSAGE } from '../../../shared/own-options';
import { isOn, showSource } from '../../../shared/saved-action';
import { coreEmailSource } from '../../../shared/core-email/core-email';
import { unsetSource } from '../../../shared/unset';
import type { Runtime } from '../../platform/runtime';
import type { ActionDef } from '../../platform/saved-nodes';

/** Where an unset field is read; empty if it is not sent. */
function sourcesOf(resource: string, field: Field, { fieldsFrom }: ActionDef): string {
	if (!isOn(fieldsFrom)) return unsetSource(resource, field)?.shows ?? '';
	const { name, alias } = field;
	return [
		coreEmailSource(resource, name)?.shows,
		showSource(fieldsFrom, name),
		alias && showSource(fieldsFrom, alias),
	]
		.filter((one) => one !== undefined)
		.join(', ');
}

/** The same error. If it is about an invalid value, its hint names the message's property that the value came from. */
export function withSource(RED: Runtime, resource: string, def: ActionDef, msg: NodeMessage, thrown: unknown): unknown {
	if (!(thrown instanceof Smtp2goError) || thrown.type !== 'invalid' || thrown.details.hint !== undefined)
		return thrown;
	const isChosenByMessage = def.operation === FROM_MESSAGE;
	const operation = findOffered(resource, String(isChosenByMessage ? msg['operation'] : def.operation));
	const invalidField = thrown.details.fieldErrors?.[0]?.field ?? '';
	const field = operation?.fields.find(({ name }) => name === invalidField);
	if (field === undefined || (!isChosenByMessage && Object.hasOwn(def.fields ?? {}, invalidField))) return thrown;
	const source = sourcesOf(resource, field, def);
	const hint = source === '' ? RED._('errors.addField') : RED._('errors.readFrom', { source });
	return new Smtp2goError('invalid', thrown.message, { ...thrown.details, hint });
}
