/** The forms of the dialogs, from the catalogue. */
import { hasPickList, type Field, type OperationBase, type OfferedResource } from '../../api';
import type { Form, FormField, FormOperation, PlainField } from '../shared/form';
import { mainRecipients, OWN, ownOptions, sendsOneEmail, type OwnOption } from '../shared/own-options';
import { CORE_EMAIL_RESOURCE, coreEmailSource } from '../shared/core-email/core-email';
import { typeOfResource } from '../shared/palette';
import { unsetSource } from '../shared/unset';
import { messageKey } from './messages';

/** The node type of a resource, as in `smtp2go-sender-domain`. */
export function nodeTypeOf(resource: OfferedResource): string {
	return typeOfResource(resource.key);
}

/** A default as the text of a TypedInput: lists of choices with commas, everything else as JSON or plain text. */
function defaultText(value: Field['default']): string {
	if (Array.isArray(value)) return value.join(',');
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function formField(resource: OfferedResource, operation: OperationBase, field: Field): FormField {
	const { name, kind, required, main, choices, hiddenBy, shownWith, min, max, placeholder, alias } = field;
	const implied = unsetSource(resource.key, field);
	return {
		name,
		kind,
		...(required ? { required } : {}),
		...(main ? { main } : {}),
		...(field.default === undefined ? {} : { default: defaultText(field.default) }),
		...(choices === undefined ? {} : { choices: choices.map(({ value }) => value) }),
		...(hiddenBy === undefined ? {} : { hiddenBy }),
		...(shownWith === undefined ? {} : { shownWith }),
		...(hasPickList(kind) ? { listed: true } : {}),
		...(kind === 'number' && min !== undefined ? { min } : {}),
		...(kind === 'number' && max !== undefined ? { max } : {}),
		...(placeholder === undefined ? {} : { placeholder: true }),
		text: messageKey(resource, operation, field),
		...(implied === undefined ? {} : { reads: implied.shows }),
		...(coreEmailSource(resource.key, name) === undefined ? {} : { first: true }),
		...(implied?.perEntry ? { perEntry: true } : {}),
		...(alias === undefined ? {} : { alias }),
	};
}

/** A field with a plain value, as the dialog shows it. */
export function plainField({ name, kind, default: initial, choices, min, max, placeholder }: Field): PlainField {
	return {
		name,
		kind,
		...(initial === undefined || initial === '' ? {} : { default: defaultText(initial) }),
		...(choices === undefined ? {} : { choices: choices.map(({ value }) => value) }),
		...(min === undefined ? {} : { min }),
		...(max === undefined ? {} : { max }),
		...(placeholder === undefined ? {} : { placeholder: true }),
	};
}

/** A field of ours as the dialog shows it. */
function ownField(field: OwnOption): FormField {
	return { ...field.form, ours: true };
}

/** The fields of a form: those of the API, with the switch for one recipient after the recipients, then our options. */
function formFields(resource: OfferedResource, operation: OperationBase): FormField[] {
	const own = ownOptions.filter((field) => field.of(operation)).map(ownField);
	const beside = mainRecipients(operation);
	const isBeside = ({ name }: FormField) => beside !== undefined && name === OWN.oneRecipient;
	const fields = operation.fields.flatMap((field) => [
		formField(resource, operation, field),
		...(field === beside ? own.filter(isBeside) : []),
	]);
	return [...fields, ...own.filter((field) => !isBeside(field))];
}

function formOperation(resource: OfferedResource, operation: OperationBase): FormOperation {
	return {
		key: operation.key,
		fields: formFields(resource, operation),
		...(operation.result.is === 'list' && operation.effect === 'reads' ? { list: true } : {}),
		...(operation.notice === undefined ? {} : { notice: true }),
		...(sendsOneEmail(operation) ? { preview: true } : {}),
	};
}

/** The form of a resource's node. */
export function buildForm(resource: OfferedResource): Form {
	const operations = resource.operations.map((operation) => formOperation(resource, operation));
	return {
		type: nodeTypeOf(resource),
		resource: resource.key,
		operations,
		...(resource.key === CORE_EMAIL_RESOURCE ? { sendsEmail: true } : {}),
	};
}
