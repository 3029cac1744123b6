/** Where an unset field is read, as its row shows it. */
import { OWN } from '../../shared/own-options';
import { isOn, NOT_SET, showSource, type FieldsFrom } from '../../shared/saved-action';
import type { FormField } from '../../shared/form';
import { valueText, type DialogNode, type Values } from '../dialog/dialog-node';
import { common, fieldText } from '../dialog/messages';
import { ANY_COUNTRY } from './fixed-values';

/** The part of a dialog that decides this, besides the field itself. */
export interface Reading {
	readonly fieldsFrom: FieldsFrom | undefined;
	/** True if each entry of a list is read like a message. */
	readonly list: boolean;
	/** The default country of phone numbers, if the dialog sets one. */
	readonly country?: string;
}

/** The reading for a dialog's values. */
export function readingOf(fieldsFrom: FieldsFrom | undefined, values: Values): Reading {
	const batch = values[OWN.batch];
	const country = values[OWN.defaultCountry];
	return {
		fieldsFrom,
		list: batch?.type === 'str' && batch.value === 'array',
		...(country === undefined || country.type === NOT_SET
			? {}
			: { country: country.type === 'str' ? valueText(country) : ANY_COUNTRY }),
	};
}

/** True if the entries of the list are the objects of "All Fields From". */
function isOfEntries({ fieldsFrom, list }: Reading): boolean {
	return list && fieldsFrom?.type === 'msg' && fieldsFrom.value === 'payload';
}

/** The property in the object of "All Fields From", by each of its names. */
function inFieldsObject({ name, alias }: FormField, reading: Reading): string[] {
	const { fieldsFrom } = reading;
	if (!isOn(fieldsFrom)) return [];
	const names = alias === undefined ? [name] : [name, alias];
	return names.map((one) => (isOfEntries(reading) ? one : showSource(fieldsFrom, one)));
}

/** The entry's properties, then the message's. */
function inEntries(field: FormField, reading: Reading): string[] {
	const { reads = '', perEntry } = field;
	const own = reads.replaceAll('msg.', '').split(', ');
	const whole = inFieldsObject(field, reading);
	const ofEntry = [...new Set([...own, ...(isOfEntries(reading) ? whole : [])])]
		.filter((name) => name !== '')
		.join(', ');
	return [
		...(ofEntry === '' ? [] : [common('fromEntry', { names: ofEntry })]),
		...(isOfEntries(reading) ? [] : whole),
		...(reads === '' || perEntry ? [] : reads.split(', ').filter((name) => !name.startsWith('msg.payload'))),
	];
}

/** The sources in order; empty for a field that is not sent. */
function sourcesOf(field: FormField, reading: Reading): string[] {
	if (reading.list) return inEntries(field, reading);
	const whole = inFieldsObject(field, reading);
	const own = field.reads !== undefined && (field.first || whole.length === 0) ? [field.reads] : [];
	return [...own, ...whole];
}

/** What the row of an unset field shows; undefined for a field that is not sent. */
export function unsetLabel(node: DialogNode, field: FormField, reading: Reading): string | undefined {
	if (field.ours) return fieldText(node, field, 'unset');
	const sources = sourcesOf(field, reading);
	return sources.length === 0 ? undefined : sources.join(common('orElse'));
}
