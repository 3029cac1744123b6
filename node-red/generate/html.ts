/**
 * The editor's HTML of an action node, and what it shares with the hand-written nodes. Types and definitions are
 * literals, because tools read them without running them.
 */
import { firstOperation, languages, regions, type OfferedResource } from '../../api';
import { FIRST_LIMIT, FROM_MESSAGE, LIMIT } from '../shared/own-options';
import { outputs } from '../shared/action-outputs';
import { ACTION_VERSION, NOT_SET, RESULT_TO } from '../shared/saved-action';
import { colorOf } from '../shared/palette';
import { nodeTypeOf } from './forms';

/** ID of the editor plugin that holds the code of all dialogs; also its node set. */
export const EDITOR = 'smtp2go-editor';
const COMMON = `node-red-contrib-smtp2go/${EDITOR}:common`;
const DIALOG = `RED.plugins.getPlugin('${EDITOR}')`;
/** Where a node is in the palette, what its category is about, and its color. */
const palette = (type: string) => `category: 'SMTP2GO',
	categoryDescription: '${COMMON}.palette.description',
	color: '${colorOf(type)}',`;

/** A row of the template with a label and whatever follows it. */
function row(id: string, icon: string, text: string, input: string): string {
	return `\t<div class="form-row">
		<label for="node-input-${id}"><i class="fa fa-${icon}"></i> <span data-i18n="${text}"></span></label>
		${input}
	</div>`;
}

const nameAndAccount = [
	row(
		'name',
		'tag',
		`${COMMON}.name`,
		`<input type="text" id="node-input-name" data-i18n="[placeholder]${COMMON}.name">`,
	),
	row('account', 'key', `${COMMON}.account`, '<input type="text" id="node-input-account">'),
].join('\n');

/** How a node saves its account. */
const account = `value: '', type: 'smtp2go-account', validate: function (value, options) { return ${DIALOG}.checkAccount(value); }`;

/** The `.html` of a hand-written node set, with what it shares with the others in place of the comments. */
export function withSharedHtml(html: string): string {
	const options = (all: readonly { readonly value: string }[], labels: string) =>
		all.map(({ value }) => `<option value="${value}" data-i18n="${labels}.${value}"></option>`).join('\n\t\t\t');
	return html
		.replace('<!-- regions -->', options(regions, 'account.regions'))
		.replace('<!-- languages -->', options(languages, 'ask.languages'))
		.replace('<!-- name and account -->', nameAndAccount)
		.replace('/* account */', account)
		.replace('/* palette */', () => palette(/registerType\('([^']+)'/.exec(html)?.[1] ?? ''));
}

function operationSelect(resource: OfferedResource): string {
	const options = resource.operations.map(
		({ key }) => `<option value="${key}" data-i18n="${resource.key}.operations.${key}.label"></option>`,
	);
	return `<select id="node-input-operation">
			${[...options, `<option value="${FROM_MESSAGE}" data-i18n="${COMMON}.operationFromMessage"></option>`].join('\n\t\t\t')}
		</select>`;
}

function template(resource: OfferedResource): string {
	const output = outputs
		.map((value) => `<option value="${value}" data-i18n="${COMMON}.outputs.${value}"></option>`)
		.join('\n\t\t\t');
	return [
		nameAndAccount,
		row('operation', 'tasks', `${COMMON}.operation`, operationSelect(resource)),
		'\t<div class="smtp2go-fields-from"></div>',
		'\t<div class="smtp2go-form"></div>',
		'\t<div class="smtp2go-section">',
		row(
			'output',
			'sign-out',
			`${COMMON}.output`,
			`<select id="node-input-output">\n\t\t\t${output}\n\t\t</select>`,
		),
		'\t<div class="smtp2go-result-to"></div>',
		'\t</div>',
	].join('\n');
}

/** What a new node's fields hold: nothing, but for a list, which would read everything, a limit. */
function firstFields(resource: OfferedResource): string {
	const first = firstOperation(resource);
	return first?.result.is === 'list' && first.effect === 'reads'
		? `{ ${LIMIT}: { type: '${FIRST_LIMIT.type}', value: '${FIRST_LIMIT.value}' } }`
		: '{}';
}

/** The `.html` of a resource's node set. Its help is in the locale, so that it can be translated. */
export function nodeHtml(resource: OfferedResource): string {
	const type = nodeTypeOf(resource);
	const first = firstOperation(resource)?.key ?? FROM_MESSAGE;
	return `<script type="text/html" data-template-name="${type}">
<div class="smtp2go-dialog">
${template(resource)}
</div>
</script>

<script type="text/javascript">
RED.nodes.registerType('${type}', {
	${palette(type)}
	icon: '${type}.svg',
	inputs: 1,
	outputs: 1,
	defaults: {
		name: { value: '' },
		account: { ${account} },
		operation: { value: '${first}', validate: function (value, options) { return ${DIALOG}.checkOperation(this, value); } },
		fields: { value: ${firstFields(resource)}, validate: function (value, options) { return ${DIALOG}.checkFields(this, value); } },
		fieldsFrom: { value: { type: '${NOT_SET}', value: '' }, validate: function (value, options) { return ${DIALOG}.checkFieldsFrom(value); } },
		output: { value: '${outputs[0]}' },
		resultTo: { value: { type: '${RESULT_TO.type}', value: '${RESULT_TO.value}' }, validate: function (value, options) { return ${DIALOG}.checkResultTo(value); } },
		version: { value: ${ACTION_VERSION} }
	},
	paletteLabel: function () { return this._('${resource.key}.label'); },
	label: function () { return this.name || ${DIALOG}.actionLabel(this); },
	labelStyle: function () { return this.name ? 'node_label_italic' : ''; },
	oneditprepare: function () { ${DIALOG}.action.open(this); },
	oneditsave: function () { ${DIALOG}.action.save(this); },
	oneditcancel: function () { ${DIALOG}.action.close(this); },
	oneditdelete: function () { ${DIALOG}.action.close(this); }
});
</script>
`;
}
