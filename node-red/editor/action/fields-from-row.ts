/** "All Fields From": the object that unset fields are read from, and a warning about who can fill it. */
import { isOn, NOT_SET, type FieldsFrom } from '../../shared/saved-action';
import { addHelpIcon } from '../dialog/help-icon';
import { common } from '../dialog/messages';
import { nameInput } from '../dialog/name-input';

const ID = 'smtp2go-fields-from';
/** Its possible sources. */
const places = ['msg', 'flow', 'global', 'jsonata'] as const;

export class FieldsFromRow {
	private readonly input: JQuery;
	private readonly more: JQuery;
	private readonly optional: JQuery;

	/**
	 * @param sendsEmail whether the node sends email
	 * @param onChange called when the value may have changed
	 */
	constructor(
		private readonly container: JQuery,
		private readonly saved: FieldsFrom | undefined,
		sendsEmail: boolean,
		onChange: () => void,
	) {
		const row = $('<div class="form-row">').appendTo(container);
		const label = $('<label>').attr('for', ID).text(common('fieldsFrom.label')).appendTo(row);
		addHelpIcon(label, common('fieldsFrom.help'));
		this.input = $('<input type="text">').attr('id', ID).appendTo(row);
		this.more = $('<div>').appendTo(container);
		$('<div class="form-tips">')
			.append(
				'<i class="fa fa-warning"></i> ',
				$('<span>').text(common(sendsEmail ? 'fieldsFrom.trust' : 'fieldsFrom.trustOther')),
			)
			.appendTo(this.more);
		this.optional = this.addOptional();
		const off = { value: NOT_SET, label: common('fieldsFrom.off'), icon: 'fa fa-ban', hasValue: false };
		const type = isOn(saved) ? saved.type : NOT_SET;
		this.input.typedInput({ types: [off, ...places], default: type });
		nameInput(this.input, common('fieldsFrom.label'));
		this.input.typedInput('type', type);
		this.input.typedInput('value', isOn(saved) ? String(saved.value) : '');
		this.input.on('change', () => {
			this.more.toggle(isOn(this.value));
			onChange();
		});
		this.more.toggle(isOn(saved));
	}

	/** The value to save; what was saved before if it was off and still is. */
	get value(): FieldsFrom | undefined {
		const type = this.input.typedInput('type');
		if (type === NOT_SET) return isOn(this.saved) ? { type, value: '' } : this.saved;
		return {
			type,
			value: this.input.typedInput('value'),
			...(this.optional.prop('checked') ? { optional: true } : {}),
		};
	}

	destroy(): void {
		this.input.typedInput('destroy');
		this.container.empty();
	}

	private addOptional(): JQuery {
		const id = `${ID}-optional`;
		const box = $('<input type="checkbox">')
			.attr('id', id)
			.prop('checked', this.saved?.optional === true);
		const label = $('<label>').attr('for', id).text(common('fieldsFrom.optional'));
		$('<div class="form-row smtp2go-check-row smtp2go-indented">').append(box, label).appendTo(this.more);
		return box;
	}
}
