/** "Result To": the property of the message that the result goes to. */
import { RESULT_TO, type TypedValue } from '../../shared/saved-action';
import { addHelpIcon } from '../dialog/help-icon';
import { common } from '../dialog/messages';
import { nameInput } from '../dialog/name-input';

const ID = 'smtp2go-result-to';

export class ResultToRow {
	private readonly input: JQuery;

	constructor(
		private readonly container: JQuery,
		private readonly saved: TypedValue | undefined,
	) {
		const row = $('<div class="form-row">').appendTo(container);
		const label = $('<label>')
			.attr('for', ID)
			.append('<i class="fa fa-envelope-o"></i> ', $('<span>').text(common('resultTo.label')))
			.appendTo(row);
		addHelpIcon(label, common('resultTo.help'));
		this.input = $('<input type="text">').attr('id', ID).appendTo(row);
		this.input.typedInput({ types: [RESULT_TO.type], default: RESULT_TO.type });
		nameInput(this.input, common('resultTo.label'));
		this.input.typedInput('value', String((saved ?? RESULT_TO).value));
	}

	/** The value to save; undefined if nothing was saved and it is still the default. */
	get value(): TypedValue | undefined {
		const value = this.input.typedInput('value');
		return this.saved === undefined && value === RESULT_TO.value ? undefined : { type: RESULT_TO.type, value };
	}

	destroy(): void {
		this.input.typedInput('destroy');
		this.container.empty();
	}
}
