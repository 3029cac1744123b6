/** The dialog of the ask node: whom it asks, what, and how long it waits. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, import-x/no-unresolved */
import texts from 'smtp2go:ask';
import type { FormField } from '../../shared/form';
import { NOT_SET } from '../../shared/saved-action';
import {
	isAsked,
	outputsOf,
	responseTypeOf,
	wayOf,
	type AskField,
	type AskOutput,
	type Way,
} from '../../shared/saved-ask';
import { presetAccount } from '../account/preset-account';
import { hasPublicUrl } from '../account/public-url';
import type { AskNode, TypedValue, Values } from '../dialog/dialog-node';
import { addHelpIcon } from '../dialog/help-icon';
import { common } from '../dialog/messages';
import { watchPermissions } from '../dialog/missing-permissions';
import { FieldRow } from '../fields/field-row';
import { readRows, showRows, type PlainForm } from '../fields/plain-rows';
import { forgetLists } from '../fields/suggestions';
import type { Reading } from '../fields/unset-sources';
import { askReading, fieldForms } from './ask-fields';

const form: PlainForm = { fields: texts, texts: 'ask' };

/** The place of each field in the dialog. */
const places: Readonly<Record<AskField, string>> = {
	to: 'people',
	phones: 'people',
	country: 'people',
	sender: 'people',
	smsSender: 'people',
	subject: 'question',
	message: 'question',
	escalateTo: 'escalation',
	replyTo: 'more',
	template: 'more',
};

/** Rows of plain inputs with help, by the name of the property. */
const WITH_HELP = [
	'via',
	'responseType',
	'approveLabel',
	'declineLabel',
	'choices',
	'comment',
	'limit',
	'remindAfter',
	'escalateAfter',
	'language',
] as const;

/** Choices that a flow written by hand can lack, with their defaults. */
const FIRST_CHOICES = {
	via: 'email',
	responseType: 'approval',
	comment: 'none',
	limitUnit: 'days',
	language: 'en',
} as const;

function input(name: string): JQuery {
	return $(`#node-input-${name}`);
}

function typed(name: string): string {
	return String(input(name).val() ?? '');
}

/** Tells Node-RED which wires move where: each output keeps its wires, whatever its index is now. */
function moved(before: readonly AskOutput[], after: readonly AskOutput[]): string {
	if (before.join('\n') === after.join('\n')) return '';
	const kept = before.map((output, index) => [String(index), after.indexOf(output)] as const);
	const fresh = after
		.map((output, index) => [`new ${output}`, index] as const)
		.filter(([, index]) => !kept.some(([, to]) => to === index));
	return JSON.stringify(Object.fromEntries([...kept, ...fresh]));
}

/** One open dialog. */
class AskDialog {
	private readonly rows = new Map<AskField, FieldRow>();
	private readonly before: readonly AskOutput[];
	private reading: Reading;

	constructor(
		private readonly node: AskNode,
		private readonly dialog: JQuery,
	) {
		this.before = outputsOf(node);
		this.reading = askReading(node.fields ?? {});
		for (const field of fieldForms) {
			const place = dialog.find(`.smtp2go-${places[field.name]}`);
			this.rows.set(
				field.name,
				new FieldRow(node, field, place, this.savedFor(field), this.reading, () => this.readCountry()),
			);
		}
		for (const [name, first] of Object.entries(FIRST_CHOICES)) if (!typed(name)) input(name).val(first);
		for (const name of WITH_HELP)
			addHelpIcon(input(name).closest('.form-row').find('label').first(), node._(`ask.${name}Help`));
		if (node.confirmReply === undefined) input('confirmReply').prop('checked', true);
		showRows(form, dialog.find('.smtp2go-texts'), node.texts);
		for (const name of ['via', 'responseType', 'approveOnly', 'escalateAfter', 'account'])
			input(name).on('change input', () => this.refresh());
		input('limitUnit').on('change', () => input('limit').trigger('change'));
		input('outputs').val('');
		this.refresh();
	}

	save(): void {
		const { node } = this;
		const fields = this.values;
		// Opening a dialog does not change its node.
		if (JSON.stringify(node.fields ?? {}) !== JSON.stringify(fields)) node.fields = fields;
		const wording = readRows(form);
		if (JSON.stringify(node.texts ?? {}) !== JSON.stringify(wording)) node.texts = wording;
		const after = outputsOf({
			responseType: typed('responseType'),
			approveOnly: input('approveOnly').prop('checked') === true,
			choices: typed('choices'),
		});
		input('outputs').val(moved(this.before, after));
	}

	destroy(): void {
		for (const row of this.rows.values()) row.destroy();
		forgetLists();
	}

	/** The saved value. A required field without one is an empty text, ready to be filled in. */
	private savedFor({ name, required }: FormField): TypedValue | undefined {
		const saved = this.node.fields?.[name];
		if (saved !== undefined && saved.type !== NOT_SET) return saved;
		return required ? { type: 'str', value: '' } : undefined;
	}

	/** The values of the rows. Those of a way that is not chosen are kept, so that changing it back loses nothing. */
	private get values(): Values {
		return Object.fromEntries(
			[...this.rows].flatMap(([name, row]): [string, TypedValue][] => {
				const { value } = row;
				const isUnset = value === undefined || value.type === NOT_SET;
				const isEmpty = value?.type === 'str' && value.value === '' && this.node.fields?.[name] === undefined;
				return isUnset || isEmpty ? [] : [[name, value]];
			}),
		);
	}

	/** Checks the phone numbers again if the default country has changed. */
	private readCountry(): void {
		const reading = askReading(this.values);
		if (reading.country === this.reading.country) return;
		this.reading = reading;
		for (const row of this.rows.values()) row.read(reading);
	}

	/** Shows what belongs to the chosen way and response type. */
	private refresh(): void {
		const { dialog, node, rows } = this;
		const via: Way = wayOf({ via: typed('via') });
		const type = responseTypeOf({ responseType: typed('responseType') });
		for (const [name, row] of rows) row.toggle(isAsked(name, via, typed('escalateAfter')));
		dialog.find('.smtp2go-scheduled').toggle(via === 'email' || via === 'both');
		dialog.find('.smtp2go-approval').toggle(type === 'approval');
		const isApproveOnly = input('approveOnly').prop('checked') === true;
		dialog.find('.smtp2go-decline').toggle(type === 'approval' && !isApproveOnly);
		dialog.find('.smtp2go-choice').toggle(type === 'choice');
		dialog.find('.smtp2go-reply').toggle(via === 'smsReply');
		dialog.find('.smtp2go-comment').toggle(type !== 'freeText' && via !== 'smsReply');
		const note = via === 'smsReply' ? 'smsReply' : hasPublicUrl(typed('account')) ? 'link' : 'noPublicUrl';
		dialog.find('.smtp2go-via-help').text(node._(`ask.viaNote.${note}`));
	}
}

const dialogs = new Map<string, AskDialog>();

export function open(node: AskNode): void {
	presetAccount();
	dialogs.set(node.id, new AskDialog(node, $('#dialog-form .smtp2go-dialog')));
	watchPermissions(() => ({ node: 'ask', via: wayOf({ via: typed('via') }) }));
}

/** Writes the values that have no input of Node-RED's. Node-RED compares them with the old ones. */
export function save(node: AskNode): void {
	dialogs.get(node.id)?.save();
	close(node);
}

export function close(node: AskNode): void {
	dialogs.get(node.id)?.destroy();
	dialogs.delete(node.id);
}

/** The label of an output. */
export function outputLabel(node: AskNode, index: number): string {
	const output = outputsOf(node)[index] ?? 'timedOut';
	const choice = /^choice:(.*)$/s.exec(output)?.[1];
	if (choice !== undefined) return choice;
	const own = output === 'approved' ? node.approveLabel : output === 'declined' ? node.declineLabel : '';
	return own || common(`askOutputs.${output}`);
}

export { checkChoices, checkFields, checkHours, checkLimit, checkVia } from './checks';
