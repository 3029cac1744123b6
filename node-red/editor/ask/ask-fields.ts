/** The fields of the ask node whose values can come from a message. */
import type { FormField } from '../../shared/form';
import { countryCodes, OWN } from '../../shared/own-options';
import type { AskField } from '../../shared/saved-ask';
import type { Values } from '../dialog/dialog-node';
import { readingOf, type Reading } from '../fields/unset-sources';

/** A field. */
type AskForm = FormField & { readonly name: AskField };

function field(name: AskField, kind: FormField['kind'], more: Pick<FormField, 'required' | 'listed'> = {}): AskForm {
	return { name, kind, text: `ask.fields.${name}`, ...more };
}

/** The country of phone numbers without a country code, with the messages of the same option of the SMS node. */
const country: AskForm = {
	name: 'country',
	kind: 'choice',
	choices: countryCodes,
	default: 'US',
	text: 'common.own.defaultCountry',
};

/** The fields, in the order of the dialog. */
export const fieldForms: readonly AskForm[] = [
	field('to', 'recipients', { required: true }),
	field('phones', 'phoneNumbers', { required: true }),
	country,
	field('sender', 'sender', { required: true, listed: true }),
	field('smsSender', 'phoneNumber'),
	field('subject', 'text'),
	field('message', 'longText', { required: true }),
	field('escalateTo', 'recipients', { required: true }),
	field('replyTo', 'replyTo'),
	field('template', 'template', { listed: true }),
];

/** How the rows of a dialog with these values are read. */
export function askReading({ country: chosen }: Values): Reading {
	return readingOf(undefined, chosen === undefined ? {} : { [OWN.defaultCountry]: chosen });
}
