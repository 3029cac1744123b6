/** The help of an action node, in Markdown, from the same texts as its dialog. */
import type { Field, Operation, Resource } from '../../api';
import { ownFields, type OwnField } from '../own-fields';
import { impliedSource } from '../runtime/left-alone';
import { typeOf } from './forms';
import { choiceKey, textKey } from './texts';

type Read = (key: string) => string;

/** Text that Markdown and HTML leave as it is. */
function escaped(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/([*_`{}[\]])/g, '\\$1');
}

function fieldLine(t: Read, resource: Resource, operation: Operation, field: Field): string {
	const key = textKey(resource, operation, field);
	const required = field.required ? ` (${t('common.help.required')})` : '';
	const implied = impliedSource(resource.key, field);
	const choices = (field.choices ?? []).map(({ value }) => `${escaped(t(`${key}.choices.${choiceKey(value)}`))} \`${value || '""'}\``).join(', ');
	return [
		`- \`${field.name}\` ${escaped(t(`${key}.label`))}${required}: ${escaped(t(`${key}.help`))}.`,
		choices === '' ? '' : ` ${t('common.help.choices')}: ${choices}.`,
		implied === undefined ? '' : ` ${t('common.help.leftAlone')} \`${implied.shows}\`.`,
	].join('');
}

/** A field of ours; it is told by its label, as its name is no API's. */
function ownLine(t: Read, { form: { text, choices = [] } }: OwnField): string {
	const named = choices.map((value) => escaped(t(`${text}.choices.${value}`))).join(', ');
	return `- ${escaped(t(`${text}.label`))}: ${escaped(t(`${text}.help`))}.${named === '' ? '' : ` ${t('common.help.choices')}: ${named}.`}`;
}

function operationPart(t: Read, resource: Resource, operation: Operation): string {
	const at = `${resource.key}.operations.${operation.key}`;
	return [
		`#### ${escaped(t(`${at}.label`))} (\`${operation.key}\`)`,
		`${escaped(t(`${at}.help`))}. ${t('common.help.permission')} \`${operation.path}\`.`,
		...(operation.notice === undefined ? [] : [`> ${escaped(t(`${at}.notice`))}`]),
		[...operation.fields.map((field) => fieldLine(t, resource, operation, field)), ...ownFields.filter((field) => field.of(operation)).map((field) => ownLine(t, field))].join('\n'),
	].filter((part) => part !== '').join('\n\n');
}

/** The help of a resource's node, as its locale's HTML file holds it. */
export function helpHtml(t: Read, resource: Resource): string {
	const parts = [
		`${escaped(t(`${resource.key}.help`))}.`,
		`### ${t('common.help.inputs')}`,
		t('common.help.inputText'),
		`: operation (string) : ${t('common.help.operationText')}`,
		`### ${t('common.help.outputs')}`,
		`: payload (object | array) : ${t('common.help.payloadText')}\n: smtp2go (object) : ${t('common.help.smtp2goText')}`,
		`### ${t('common.help.details')}`,
		t('common.help.errorText'),
		`### ${t('common.help.operations')}`,
		...resource.operations.map((operation) => operationPart(t, resource, operation)),
	];
	return `<script type="text/markdown" data-help-name="${typeOf(resource)}">\n${parts.join('\n\n')}\n</script>\n`;
}
