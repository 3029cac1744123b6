/**
 * The help of an action node, from the same messages as its dialog. In HTML: Node-RED's Markdown takes any line with
 * two colons and a bracket for a list of properties, and drops the rest of it (editor-client, utils.js).
 */
import { permissionsOf, type Field, type OfferedOperation, type OfferedResource } from '../../api';
import { ownOptions, type OwnOption } from '../shared/own-options';
import { CORE_EMAIL_RESOURCE } from '../shared/core-email/core-email';
import { unsetSource } from '../shared/unset';
import { nodeTypeOf } from './forms';
import { choiceKey, messageKey } from './messages';

type Read = (key: string) => string;

/** Text escaped for HTML; text in backticks becomes code. */
function html(text: string): string {
	return text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/`([^`]+)`/g, '<code>$1</code>');
}

/** A list of message properties, as the help of Node-RED's own nodes shows it. */
function properties(list: readonly { readonly name: string; readonly type: string; readonly text: string }[]): string {
	const entries = list.map(
		({ name, type, text }) => `<dt>${name} <span class="property-type">${type}</span></dt>\n<dd>${html(text)}</dd>`,
	);
	return `<dl class="message-properties">\n${entries.join('\n')}\n</dl>`;
}

function fieldLine(t: Read, resource: OfferedResource, operation: OfferedOperation, field: Field): string {
	const key = messageKey(resource, operation, field);
	const required = field.required ? ` (${t('common.help.required')})` : '';
	const implied = unsetSource(resource.key, field);
	const choices = (field.choices ?? [])
		.map(({ value }) => `${html(t(`${key}.choices.${choiceKey(value)}`))} <code>${value || '""'}</code>`)
		.join(t('common.help.comma'));
	const [colon, stop] = [t('common.help.colon'), t('common.help.stop')];
	return [
		`<li><code>${field.name}</code> ${html(t(`${key}.label`))}${required}${colon}${html(t(`${key}.help`))}${stop}`,
		choices === '' ? '' : ` ${t('common.help.choices')}${colon}${choices}${stop}`,
		implied === undefined ? '' : ` ${t('common.help.newNode')} <code>${implied.shows}</code>${stop}`,
		'</li>',
	].join('');
}

/** A field of ours. It is listed by its label, since its name is not the API's. */
function ownLine(t: Read, { form: { text, choices = [] } }: OwnOption): string {
	const named = choices.map((value) => html(t(`${text}.choices.${value}`))).join(t('common.help.comma'));
	const [colon, stop] = [t('common.help.colon'), t('common.help.stop')];
	const list = named === '' ? '' : ` ${t('common.help.choices')}${colon}${named}${stop}`;
	return `<li>${html(t(`${text}.label`))}${colon}${html(t(`${text}.help`))}${stop}${list}</li>`;
}

function operationPart(t: Read, resource: OfferedResource, operation: OfferedOperation): string {
	const at = `${resource.key}.operations.${operation.key}`;
	const stop = t('common.help.stop');
	const fields = [
		...operation.fields.map((field) => fieldLine(t, resource, operation, field)),
		...ownOptions.filter((field) => field.of(operation)).map((field) => ownLine(t, field)),
	];
	return [
		`<h4>${html(t(`${at}.label`))} (<code>${operation.key}</code>)</h4>`,
		`<p>${html(t(`${at}.help`))}${stop} ${t('common.help.permission')} ${permissionsOf(operation)
			.map((path) => `<code>${path}</code>`)
			.join(t('common.help.comma'))}${stop}</p>`,
		...(operation.notice === undefined ? [] : [`<blockquote>${html(t(`${at}.notice`))}</blockquote>`]),
		...(fields.length === 0 ? [] : [`<ul>\n${fields.join('\n')}\n</ul>`]),
	].join('\n');
}

/** What an email is made of, for rows that name message properties. */
function emailPart(t: Read): string {
	const lines = ['body', 'subject', 'files', 'inline', 'buffer', 'headers', 'list', 'preview'].map(
		(part) => `<li>${html(t(`common.help.email.${part}`))}${t('common.help.stop')}</li>`,
	);
	return `<h4>${t('common.help.email.title')}</h4>\n<ul>\n${lines.join('\n')}\n</ul>`;
}

/** The help of a resource's node, as its locale's HTML file holds it. */
export function helpHtml(t: Read, resource: OfferedResource): string {
	const sends = resource.operations.some(({ effect }) => effect === 'sends');
	const parts = [
		`<p>${html(t(`${resource.key}.help`))}${t('common.help.stop')}</p>`,
		`<h3>${t('common.help.inputs')}</h3>`,
		`<p>${html(t('common.help.inputText'))}</p>`,
		properties([{ name: 'operation', type: t('common.help.types.string'), text: t('common.help.operationText') }]),
		...(resource.key === CORE_EMAIL_RESOURCE ? [emailPart(t)] : []),
		`<h3>${t('common.help.outputs')}</h3>`,
		properties([
			{
				name: 'payload',
				type: t('common.help.types.objectOrArray'),
				text: t(`common.help.${sends ? 'payloadTextSends' : 'payloadText'}`),
			},
			{ name: 'smtp2go', type: t('common.help.types.object'), text: t('common.help.smtp2goText') },
		]),
		`<h3>${t('common.help.details')}</h3>`,
		`<p>${html(t('common.help.errorText'))}${sends ? ` ${html(t('common.help.neverTwice'))}` : ''}</p>`,
		`<h3>${t('common.help.operations')}</h3>`,
		...resource.operations.map((operation) => operationPart(t, resource, operation)),
	];
	// A space after a full-width stop or colon would be a second gap.
	const text = parts.join('\n').replace(/([。：]) /g, '$1');
	return `<script type="text/html" data-help-name="${nodeTypeOf(resource)}">\n${text}\n</script>\n`;
}
