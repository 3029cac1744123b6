/**
 * What a click on a label leads to, in the order in which a row shows it: Node-RED hides the inputs that its own ones
 * stand for.
 */
const INPUTS = [
	'.red-ui-typedInput-input',
	'.red-ui-typedInput-option-trigger',
	'.smtp2go-editor textarea',
	'input[type!="hidden"]',
	'select',
	'.red-ui-typedInput-type-select',
];

/** Lets a click on the label of a row put the cursor into the row's input, in each dialog of ours. */
export function focusByLabel(): void {
	$(document).on(
		'click',
		'.smtp2go-dialog .form-row > label',
		({ currentTarget, target }: { currentTarget: HTMLElement; target: HTMLElement }) => {
			if ($(target).closest('.smtp2go-help, a, button').length > 0) return;
			const row = $(currentTarget).closest('.form-row');
			const [input] = INPUTS.flatMap((one) => row.find(one).filter(':visible').toArray());
			// A box that is ticked by its label has the cursor already.
			if (input !== undefined && !$(input).is('[type="checkbox"]')) $(input).trigger('focus');
		},
	);
}
