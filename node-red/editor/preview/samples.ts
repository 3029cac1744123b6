/**
 * What an email of the dialog needs beside its fixed values: a sample for each value that a message, the context or the
 * environment will have.
 */
import type { Kind } from '../../../api/kinds';
import type { TemplateVariable } from '../../../api/template/variable';
import type { FormField } from '../../shared/form';
import { NOT_SET, VARIABLES } from '../../shared/saved-action';
import { variableRows, valueText, type DialogNode, type TypedValue, type Values } from '../dialog/dialog-node';
import { fieldText } from '../dialog/messages';
import { unsetLabel, type Reading } from '../fields/unset-sources';

/** One sample row. */
export interface Sample {
	/** `field:<name>` or `variable:<name>`. */
	readonly key: string;
	readonly label: string;
	/** Where the value will come from, or undefined for a variable without any source. */
	readonly source: string | undefined;
	/** The first value of the row. */
	readonly start: string;
	/** True for a value of several lines: a body, a list or an object. */
	readonly isLong: boolean;
	/** True for a fixed value of the dialog, which only the dialog changes. */
	readonly isFixed: boolean;
	/** True if the value is JSON. */
	readonly isJson: boolean;
}

/** The samples that were typed, by key. */
export type SampleValues = ReadonlyMap<string, string>;

/** The kinds of fields that a test has, too, if their values are fixed. The others name recipients, or a time. */
const MORE: readonly Kind[] = ['attachments', 'inlines', 'replyTo', 'headers'];
const TYPED = ['str', 'num', 'bool', 'json'];

/** Where a saved value comes from; undefined for a fixed one. Node-RED replaces a text that is only `${NAME}`. */
function sourceOf(value: TypedValue): string | undefined {
	const text = valueText(value);
	if (TYPED.includes(value.type)) return /^\$\{[^}]+\}$/.test(text) ? text : undefined;
	return value.type === 'jsonata' ? text : `${value.type}.${text}`;
}

/** Where a field of the dialog comes from: a source, `fixed`, or undefined if it is not sent. */
function placeOf(node: DialogNode, field: FormField, value: TypedValue | undefined, reading: Reading): Place {
	if (value === undefined) {
		const source = unsetLabel(node, field, reading);
		return source === undefined ? undefined : { source };
	}
	if (value.type === NOT_SET) return undefined;
	if (value.type === VARIABLES) return { fixed: value };
	const source = sourceOf(value);
	return source === undefined ? { fixed: value } : { source };
}
type Place = { readonly source: string } | { readonly fixed: TypedValue } | undefined;

/** The row of a template's variable. */
function variableSample(variable: TemplateVariable, row: TypedValue | undefined, whole: string | undefined): Sample {
	const { name, form, example } = variable;
	const source = row === undefined ? whole : sourceOf(row);
	const isFixed = row !== undefined && source === undefined;
	const isJson = form !== 'text' || (example !== undefined && typeof example !== 'string');
	const start = isFixed
		? valueText(row)
		: typeof example === 'string'
			? example
			: example === undefined
				? ''
				: JSON.stringify(example);
	return { key: `variable:${name}`, label: name, source, start, isLong: form !== 'text', isFixed, isJson };
}

/** The email of an open dialog. */
export class DialogEmail {
	private readonly places: ReadonlyMap<string, Place>;
	private readonly template: FormField | undefined;
	private readonly data: FormField | undefined;
	/** The fields that can have a sample: the sender, the template, and what a template replaces. */
	private readonly shown: readonly FormField[];

	constructor(
		private readonly node: DialogNode,
		private readonly fields: readonly FormField[],
		private readonly values: Values,
		reading: Reading,
	) {
		this.places = new Map(fields.map((field) => [field.name, placeOf(node, field, values[field.name], reading)]));
		this.template = fields.find(({ kind }) => kind === 'template');
		this.data = fields.find(({ kind }) => kind === 'templateData');
		this.shown = fields.filter(
			(field) => field.kind === 'sender' || field === this.template || this.isReplaced(field),
		);
	}

	/**
	 * The rows.
	 * @param typed what is typed so far: a template that comes from a message decides which rows there are
	 * @param variables of the template
	 */
	samples(typed: SampleValues, variables: readonly TemplateVariable[]): Sample[] {
		const hasTemplate = this.template !== undefined && this.sent(typed)[this.template.name] !== undefined;
		const rows = this.shown.flatMap((field): Sample[] => {
			const { name, kind } = field;
			const place = this.places.get(name);
			if (place === undefined || !('source' in place) || (hasTemplate && this.isReplaced(field))) return [];
			const label = fieldText(this.node, field, 'label');
			const isLong = kind === 'html' || kind === 'longText';
			return [
				{ key: `field:${name}`, label, source: place.source, start: '', isLong, isFixed: false, isJson: false },
			];
		});
		if (!hasTemplate || this.data === undefined) return rows;
		const data = this.places.get(this.data.name);
		if (data !== undefined && 'fixed' in data && data.fixed.type !== VARIABLES) return rows;
		const own = variableRows(this.values[this.data.name]);
		const whole = data !== undefined && 'source' in data ? data.source : undefined;
		return [...rows, ...variables.map((variable) => variableSample(variable, own[variable.name], whole))];
	}

	private isReplaced({ hiddenBy }: FormField): boolean {
		return hiddenBy !== undefined && hiddenBy === this.template?.name;
	}

	/** The values to preview and to send: fixed ones as they are, and samples in place of the others. */
	sent(typed: SampleValues, samples: readonly Sample[] = []): Values {
		const fields = this.fields.filter(
			(field) => this.shown.includes(field) || field === this.data || MORE.includes(field.kind),
		);
		const entries = fields.flatMap(({ name }): [string, TypedValue][] => {
			const place = this.places.get(name);
			if (place !== undefined && 'fixed' in place) {
				if (place.fixed.type === 'str' && valueText(place.fixed) === '') return [];
				return [[name, place.fixed]];
			}
			const value = place === undefined ? '' : (typed.get(`field:${name}`) ?? '');
			return value === '' ? [] : [[name, { type: 'str', value }]];
		});
		const rows = samples.flatMap(
			({ key, label, isFixed, isJson, isLong }): [string, { type: string; value: string }][] => {
				const value = typed.get(key) ?? '';
				if (!key.startsWith('variable:') || isFixed || value.trim() === '') return [];
				// The example of a text can be a number, and what is typed in its place a word.
				const isWord = !isLong && !/^(?:true|false|-?\d+(?:\.\d+)?)$/.test(value.trim());
				return [[label, { type: isJson && !isWord ? 'json' : 'str', value }]];
			},
		);
		const sent = Object.fromEntries(entries);
		if (rows.length === 0 || this.data === undefined) return sent;
		const value = { ...variableRows(sent[this.data.name]), ...Object.fromEntries(rows) };
		return { ...sent, [this.data.name]: { type: VARIABLES, value } };
	}
}
