/** The fields of the ask node whose values can come from a message. */
import type { FormField } from '../../shared/form';
import type { AskField } from '../../shared/saved-ask';

/** A field. */
type AskForm = FormField & { readonly name: AskField };

function field(name: AskField, kind: FormField['kind'], more: Pick<FormField, 'required' | 'listed'> = {}): AskForm {
	return { name, kind, text: `ask.fields.${name}`, ...more };
}

/** The fields, in the order of the dialog. */
export const fieldForms: readonly AskForm[] = [
	field('to', 'recipients', { required: true }),
	field('phones', 'phoneNumbers', { required: true }),
	field('sender', 'sender', { required: true, listed: true }),
	field('smsSender', 'phoneNumber'),
	field('subject', 'text'),
	field('message', 'longText', { required: true }),
	field('escalateTo', 'recipients', { required: true }),
	field('replyTo', 'replyTo'),
	field('template', 'template', { listed: true }),
];
