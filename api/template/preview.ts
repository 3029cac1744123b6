/**
 * Shows an email as its recipient will see it, before it is sent: subject, HTML and text, with the values filled in.
 */
import { formatNumber } from '../core/format';
import { isRecord, stringOrEmpty, type Json, type JsonObject } from '../core/json';
import { success, type Result } from '../core/result';
import { wireEntries, type Wire, type WireObject } from '../files/wire';
import type { BuiltRequest } from '../request/build';
import { listed, whyUnread, type ReadTemplate } from './check';
import { variablesOf, type Template } from './index';
import { missingIn } from './missing';
import { render } from './render';
import type { Tree } from './tree';

/** An email as its recipient will see it. */
export interface EmailPreview extends JsonObject {
	subject: string;
	html: string;
	text: string;
	/** The values of the template's variables, by name. Null for a variable without a value. */
	variables: JsonObject;
	/** What a reader of the preview should know. */
	notes: string[];
}

/** The maximum length of each text of an email, in characters. */
export const MOST_SHOWN = 100_000;
/** The maximum length of all texts of a batch, in characters, and the number of its emails that are shown. */
const MOST_OF_BATCH = 500_000;
const MOST_EMAILS = 20;
/** The maximum length of a variable's value as JSON, in characters. */
const MOST_VALUE = 1_000;

const RENDERED_HERE = 'SMTP2GO renders the template when it sends the email, so the email can differ from this preview';

const PARTS = ['subject', 'html', 'text'] as const;
const NAMES = { subject: 'The subject', html: 'The HTML body', text: 'The text body' } as const;
const FIELDS = { subject: 'subject', html: 'html_body', text: 'text_body' } as const;

/** Returns a value, or the beginning of its JSON if it is long. */
function shortened(value: Json): Json {
	const text = JSON.stringify(value);
	return text.length <= MOST_VALUE ? value : `${text.slice(0, MOST_VALUE)}…`;
}

function valuesOf(template: Template, data: Record<string, unknown>): JsonObject {
	return Object.fromEntries(
		variablesOf(template).map(({ name }) => [
			name,
			Object.hasOwn(data, name) ? shortened((data[name] ?? null) as Json) : null,
		]),
	);
}

const cutNote = (part: (typeof PARTS)[number], most: number) =>
	`${NAMES[part]} is cut off. The preview shows at most ${formatNumber(most)} characters`;

/** Shows an email with a template. */
function filledIn(template: Template, data: Record<string, unknown>, most: number): EmailPreview {
	const notes = [RENDERED_HERE];
	const unknown = new Set<string>();
	const texts = { subject: '', html: '', text: '' };
	for (const [index, part] of PARTS.entries()) {
		const tree: Tree | undefined = template.trees[index];
		if (tree === undefined) continue;
		const rendered = render(tree, data, part === 'html', most);
		texts[part] = rendered.text;
		for (const name of rendered.unknown) unknown.add(name);
		if (!rendered.isSound)
			notes.push(`${NAMES[part]} of the template is not valid Handlebars, so it is shown as written`);
		if (rendered.isCut) notes.push(cutNote(part, most));
	}
	if (unknown.size > 0)
		notes.push(`Only SMTP2GO knows ${[...unknown].join(', ')}. These tags are shown as they are written`);
	const missing = missingIn(
		template.trees.map(({ parts }) => parts),
		data,
	);
	if (missing.paths.length > 0) notes.push(`There is no value for ${listed(missing)}. The email has gaps there`);
	return { ...texts, variables: valuesOf(template, data), notes };
}

/** Shows an email without a template. */
function asWritten(fields: WireObject, most: number): EmailPreview {
	const notes: string[] = [];
	const [subject, html, text] = PARTS.map((part) => {
		const whole = stringOrEmpty(fields[FIELDS[part]]);
		if (whole.length > most) notes.push(cutNote(part, most));
		return whole.slice(0, most);
	});
	if ([subject, html, text].some((one) => one?.includes('{{')))
		notes.push('Variables are filled in only if the email has a template. Without one, {{…}} is sent as written');
	return { subject: subject ?? '', html: html ?? '', text: text ?? '', variables: {}, notes };
}

/**
 * Shows an email.
 * @param fields of the email, by API field name
 * @param template that `template_id` names, or why it could not be read; undefined for an email without a template
 * @param most maximum length of each text, in characters
 */
export function showEmail(
	fields: WireObject,
	template: Result<Template> | undefined,
	most: number = MOST_SHOWN,
): EmailPreview {
	if (template === undefined) return asWritten(fields, most);
	const { template_data: data } = fields;
	if (template.ok) return filledIn(template.value, isRecord(data) ? data : {}, most);
	const id = stringOrEmpty(fields['template_id']);
	const notes = [`Template "${id}" could not be read: ${whyUnread(template.error)}`];
	return { subject: '', html: '', text: '', variables: {}, notes };
}

/** An email and the template that it is made of, if it has one. */
export interface ShownEmail {
	readonly preview: EmailPreview;
	readonly template: Template | undefined;
}

/**
 * Shows an email from the values of a form.
 * @param values by API field name, as a form has them
 * @param most maximum length of each text, in characters
 * @returns the error if the template cannot be read
 */
export async function showValues(
	values: Readonly<Record<string, unknown>>,
	read: ReadTemplate,
	most: number,
): Promise<Result<ShownEmail>> {
	const id = stringOrEmpty(values['template_id']).trim();
	if (id === '') return success({ preview: showEmail(values as WireObject, undefined, most), template: undefined });
	const template = await read(id);
	if (!template.ok) return template;
	return success({ preview: showEmail(values as WireObject, template, most), template: template.value });
}

function isEmail(value: Wire): value is WireObject {
	return isRecord(value) && 'to' in value;
}

/**
 * Shows the emails of a request that is not sent (dry run).
 * @param read called for each email with a template
 * @returns `{ preview }` for one email, `{ previews, previewsLeftOut? }` for a batch, in its order and with the number
 * of emails that are not shown, and nothing for other requests
 */
export async function showRequest({ operation, fields }: BuiltRequest, read: ReadTemplate): Promise<JsonObject> {
	const show = async (email: WireObject, most: number) => {
		const id = stringOrEmpty(email['template_id']);
		return showEmail(email, id === '' ? undefined : await read(id), most);
	};
	if (operation.together === 'emails') return { preview: await show(fields, MOST_SHOWN) };
	if (operation.result.is !== 'batch') return {};
	const emails = wireEntries(fields['emails']).filter(isEmail);
	const previews: EmailPreview[] = [];
	let left = MOST_OF_BATCH;
	for (const email of emails.slice(0, MOST_EMAILS)) {
		if (left <= 0) break;
		const shown = await show(email, Math.min(MOST_SHOWN, Math.ceil(left / PARTS.length)));
		previews.push(shown);
		left -= shown.subject.length + shown.html.length + shown.text.length;
	}
	const rest = emails.length - previews.length;
	return { previews, ...(rest > 0 ? { previewsLeftOut: rest } : {}) };
}
