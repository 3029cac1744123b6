/** The dialog of every action node. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, import-x/no-unresolved */
import forms from 'smtp2go:forms';
import type { Form, FormField, FormOperation } from '../../shared/form';
import { FIRST_LIMIT, FROM_MESSAGE, LIMIT } from '../../shared/own-options';
import { migrate } from '../../shared/migrate';
import { ACTION_VERSION, actionSteps, isOn, showSource, type SavedAction } from '../../shared/saved-action';
import { FieldsFromRow } from './fields-from-row';
import { OperationForm } from './operation-form';
import { FieldRow } from '../fields/field-row';
import { forgetLists } from '../fields/suggestions';
import type { ActionNode, Values } from '../dialog/dialog-node';
import { presetAccount } from '../account/preset-account';
import { ResultToRow } from './result-to-row';
import { PreviewPanel } from '../preview/preview-panel';
import { readingOf } from '../fields/unset-sources';
import { common } from '../dialog/messages';
import { watchPermissions } from '../dialog/missing-permissions';
import { forgetVariables } from '../fields/variable-rows';

/** The limit of a list, an option of ours: the last row of each operation that lists something. */
const limitField: FormField = { name: LIMIT, kind: 'number', text: 'common.limit', ours: true };

/** The form of a node's type. */
export function formFor(node: ActionNode): Form | undefined {
	return forms.find(({ type }) => type === node.type);
}

/** The operation of a node; undefined if each message chooses. */
export function operationFor(node: ActionNode, key: string): FormOperation | undefined {
	return formFor(node)?.operations.find((operation) => operation.key === key);
}

/** One open dialog. Node-RED opens at most one for each node. */
class ActionDialog {
	private form: OperationForm | undefined;
	private limit: FieldRow | undefined;
	private preview: PreviewPanel | undefined;
	private shown = '';
	/** The values of the operations that were chosen before, by the operation's key. */
	private readonly entered = new Map<string, Values>();
	private readonly fieldsFrom: FieldsFromRow;
	private readonly resultTo: ResultToRow;

	constructor(
		private readonly node: ActionNode,
		private readonly dialog: JQuery,
	) {
		const { fieldsFrom, resultTo } = migrate<SavedAction>(node, actionSteps);
		this.entered.set(node.operation, node.fields ?? {});
		this.fieldsFrom = new FieldsFromRow(
			dialog.find('.smtp2go-fields-from'),
			fieldsFrom,
			formFor(node)?.sendsEmail === true,
			() => this.refreshUnset(),
		);
		this.resultTo = new ResultToRow(dialog.find('.smtp2go-result-to'), resultTo);
		this.keepUnknown();
		$('#node-input-operation').on('change', () => this.show(this.chosen));
		this.show(this.chosen);
	}

	/** Saves the dialog's values. The fields of an unknown operation stay as they were. */
	save(): void {
		const { node } = this;
		const isUnknown = this.chosen !== FROM_MESSAGE && operationFor(node, this.chosen) === undefined;
		if (!isUnknown) node.fields = this.values;
		node.fieldsFrom = this.fieldsFrom.value;
		node.resultTo = this.resultTo.value;
		if (node.version !== undefined && node.version < ACTION_VERSION) node.version = ACTION_VERSION;
	}

	private get values(): Values {
		const limit = this.limit?.value;
		return { ...this.form?.values, ...(limit === undefined ? {} : { [LIMIT]: limit }) };
	}

	close(): void {
		this.clear();
		this.fieldsFrom.destroy();
		this.resultTo.destroy();
	}

	/** Removes the form of an operation. */
	private clear(): void {
		this.form?.destroy();
		this.limit?.destroy();
		this.preview?.destroy();
		this.preview = undefined;
		this.form = undefined;
		this.limit = undefined;
		this.container.empty();
		forgetLists();
		forgetVariables();
	}

	private get container(): JQuery {
		return this.dialog.find('.smtp2go-form');
	}

	private get chosen(): string {
		return String($('#node-input-operation').val() ?? '');
	}

	/** Keeps an unknown operation chosen, or saving would lose it. */
	private keepUnknown(): void {
		const { operation } = this.node;
		const select = $('#node-input-operation');
		if (!operation || operation === FROM_MESSAGE || operationFor(this.node, operation) !== undefined) return;
		select.append($('<option>').val(operation).text(common('unknownOperation', { operation }))).val(operation);
	}

	/** Builds the form of an operation. Values of fields with the same name and kind are kept. */
	private show(key: string): void {
		if (key === this.shown) return;
		const before = operationFor(this.node, this.shown);
		const carried = this.values;
		if (before) this.entered.set(this.shown, carried);
		this.clear();
		this.shown = key;
		const operation = operationFor(this.node, key);
		const resource = formFor(this.node)?.resource ?? '';
		this.toggleEach(operation);
		if (operation === undefined) return key === FROM_MESSAGE ? this.showFromMessage() : undefined;
		const kept = Object.entries(carried).filter(
			([name]) => before !== undefined && kindOf(before, name) === kindOf(operation, name),
		);
		const values = { ...Object.fromEntries(kept), ...this.entered.get(key) };
		this.form = new OperationForm(
			this.node,
			resource,
			operation,
			this.container,
			values,
			() => this.fieldsFrom.value,
		);
		if (operation.preview)
			this.preview = new PreviewPanel(this.container, {
				node: this.node,
				fields: operation.fields,
				values: () => this.values,
				reading: () => readingOf(this.fieldsFrom.value, this.values),
			});
		if (operation.list)
			this.limit = new FieldRow(
				this.node,
				limitField,
				this.container,
				values[LIMIT] ?? (before === undefined ? undefined : FIRST_LIMIT),
				readingOf(undefined, {}),
				() => undefined,
			);
	}

	/** Shows where unset fields are read, after that has changed. */
	private refreshUnset(): void {
		this.form?.refresh();
		if (this.shown !== FROM_MESSAGE) return;
		this.clear();
		this.showFromMessage();
	}

	private showFromMessage(): void {
		const { value } = this.fieldsFrom;
		const operations = formFor(this.node)?.operations ?? [];
		const reads = [...new Set(operations.flatMap(({ fields }) => fields.map((field) => field.reads ?? '')))].filter(
			(source) => source !== '',
		);
		const rule = isOn(value)
			? common('operationFromMessageAll', { place: showSource(value) })
			: common('operationFromMessageShown', { reads: reads.slice(0, 4).join(', ') });
		$('<div class="form-tips">')
			.text(`${common('operationFromMessageTip', { example: operations[0]?.key ?? '' })} ${rule}`)
			.appendTo(this.container);
	}

	/** Offers one message per entry only for a list. */
	private toggleEach(operation: FormOperation | undefined): void {
		const output = $('#node-input-output');
		const offered = operation === undefined || operation.list === true;
		output.find('option[value="each"]').prop('disabled', !offered);
		if (!offered && output.val() === 'each') output.val('result');
	}
}

function kindOf({ fields }: FormOperation, name: string): string | undefined {
	return name === LIMIT ? LIMIT : fields.find((field) => field.name === name)?.kind;
}

const dialogs = new Map<string, ActionDialog>();

export function open(node: ActionNode): void {
	presetAccount();
	dialogs.set(node.id, new ActionDialog(node, $('#dialog-form .smtp2go-dialog')));
	watchPermissions(() => ({
		node: formFor(node)?.resource ?? '',
		operation: String($('#node-input-operation').val() ?? ''),
	}));
}

/** Writes the values that have no input of Node-RED's. Node-RED compares them with the old ones. */
export function save(node: ActionNode): void {
	dialogs.get(node.id)?.save();
	close(node);
}

export function close(node: ActionNode): void {
	dialogs.get(node.id)?.close();
	dialogs.delete(node.id);
}

/** The label of a node without a name, as in `Send`. */
export function label(node: ActionNode): string {
	const resource = formFor(node)?.resource ?? '';
	return operationFor(node, node.operation)
		? node._(`${resource}.operations.${node.operation}.action`)
		: node._(`${resource}.label`);
}
