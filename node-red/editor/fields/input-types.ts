/** The types that a field's TypedInput offers. */
import type { FormField } from '../../shared/form';
import { NOT_SET, VARIABLES } from '../../shared/saved-action';
import { ordered } from './country-order';
import { looks, type Look } from './kinds';
import { suggestions } from './suggestions';
import type { DialogNode } from '../dialog/dialog-node';
import { isChecked, problemWith } from './fixed-values';
import { unsetLabel, type Reading } from './unset-sources';
import { choiceKey, common, fieldText } from '../dialog/messages';

/** The type of an unset field. It is never saved: an unset field has no entry. */
export const UNSET = 'unset';

/** The type of a field without a saved value. */
export function typeOfUnsaved(node: DialogNode, field: FormField, reading: Reading): string {
	if (unsetLabel(node, field, reading) !== undefined) return UNSET;
	// Template variables have rows once a template is chosen. Nothing is saved until one is filled in.
	return looks[field.kind] === 'variables' ? VARIABLES : NOT_SET;
}

/** The sources that every field can have. */
const anywhere = ['msg', 'flow', 'global', 'env', 'jsonata'] as const;

function options(node: DialogNode, field: FormField): { value: string; label: string }[] {
	const choices = (field.choices ?? []).map((value) => ({
		value,
		label: fieldText(node, field, `choices.${choiceKey(value)}`),
	}));
	return ordered(choices, field.text, RED.i18n.lang());
}

/** Shows the names of the choices. Node-RED itself shows only how many. */
function namesOf(all: readonly { value: string; label: string }[]) {
	return (place: JQuery, chosen: readonly string[]): void => {
		const names = all.filter(({ value }) => chosen.includes(value)).map(({ label }) => label);
		place.text(names.join(', ') || common('noneChosen'));
	};
}

/** Makes Node-RED outline an invalid value in red, and say why. */
function checked(
	node: DialogNode,
	field: FormField,
	{ country }: Reading,
): { validate?: (value: string) => true | string } {
	return isChecked(field.kind)
		? { validate: (value) => problemWith(field, fieldText(node, field, 'label'), value, country) ?? true }
		: {};
}

/** Node-RED's own text or number, checked if the field's kind allows it. */
function plain(node: DialogNode, field: FormField, reading: Reading, type: 'str' | 'num'): InputType {
	if (!isChecked(field.kind)) return type;
	return {
		value: type,
		label: RED._(`typedInput.type.${type}`),
		icon: `red/images/typedInput/${type === 'str' ? 'az' : '09'}.svg`,
		...checked(node, field, reading),
	};
}

/** The types for fixed values. A fixed text always has the type `str`, because the runtime reads it so. */
function fixedTypes(
	node: DialogNode,
	field: FormField,
	reading: Reading,
	look: Look,
	onListError: (message: string) => void,
): readonly InputType[] {
	switch (look) {
		case 'text':
			return field.listed
				? [
						{
							value: 'str',
							label: common('types.list'),
							icon: 'fa fa-search',
							autoComplete: suggestions(field.kind, onListError),
							...checked(node, field, reading),
						},
					]
				: [plain(node, field, reading, 'str')];
		case 'textOrJson':
			return [plain(node, field, reading, 'str'), 'json'];
		case 'date':
			return [{ value: 'str', label: common('types.date'), icon: 'fa fa-calendar' }];
		case 'number':
			return [plain(node, field, reading, 'num')];
		case 'yesNo':
			return ['bool'];
		case 'choice':
			return [
				{
					value: 'str',
					label: field.ours ? fieldText(node, field, 'choose') : common('types.choice'),
					icon: 'fa fa-list',
					options: options(node, field),
				},
			];
		case 'choices':
			return [
				{
					value: 'str',
					label: common('types.choices'),
					icon: 'fa fa-check-square-o',
					multiple: true,
					options: options(node, field),
					valueLabel: namesOf(options(node, field)),
				},
			];
		case 'files':
		case 'images':
		case 'jsonList':
		case 'jsonObject':
			return ['json'];
		case 'html':
			return [{ value: 'str', label: common('types.html'), icon: 'fa fa-code', hasValue: false }];
		case 'longText':
			return [{ value: 'str', label: common('types.longText'), icon: 'fa fa-align-left', hasValue: false }];
		case 'variables':
			return [
				{ value: VARIABLES, label: common('types.variables'), icon: 'fa fa-list-ul', hasValue: false },
				'json',
			];
		case 'secret':
			return [];
	}
}

/** All types of a field: unset, fixed values, sources, and not set. */
export function inputTypes(
	node: DialogNode,
	field: FormField,
	reading: Reading,
	onListError: (message: string) => void,
): readonly InputType[] {
	const label = unsetLabel(node, field, reading);
	return [
		...(label === undefined
			? []
			: [
					{
						value: UNSET,
						label,
						icon: field.ours ? 'fa fa-circle-o' : 'fa fa-envelope-o',
						hasValue: false,
					},
				]),
		...fixedTypes(node, field, reading, looks[field.kind], onListError),
		...(field.fixed ? [] : anywhere),
		...(field.ours ? [] : [{ value: NOT_SET, label: common('notSet'), icon: 'fa fa-ban', hasValue: false }]),
	];
}

/** The type of a field when it is added as an option: its first fixed type, or an environment variable for a secret. */
export function firstType(field: FormField): string {
	const types: Record<Look, string> = {
		text: 'str',
		date: 'str',
		number: 'num',
		yesNo: 'bool',
		choice: 'str',
		choices: 'str',
		textOrJson: 'str',
		files: 'json',
		images: 'json',
		jsonList: 'json',
		jsonObject: 'json',
		longText: 'str',
		html: 'str',
		secret: 'env',
		variables: VARIABLES,
	};
	return types[looks[field.kind]];
}

/** What a field of JSON starts with: an example shows the form of a list whose entries have one. */
const jsonStart: Partial<Record<Look, string>> = {
	files: '[{"filename": "hello.txt", "content": "Hello"}]',
	images: '[{"filename": "logo.png", "url": "https://example.com/logo.png"}]',
	jsonList: '[]',
	jsonObject: '{}',
};

/**
 * The fixed value of a field when it is added: its default, an example, its first choice, or an empty list or object.
 */
export function firstValue({ kind, choices, default: given }: FormField): string {
	if (given !== undefined) return given;
	return jsonStart[looks[kind]] ?? (kind === 'choice' ? (choices?.[0] ?? '') : '');
}
