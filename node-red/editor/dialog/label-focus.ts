/**
 * Focuses the input of a row when its label is clicked. These are the inputs, in the order in which a row shows them:
 * Node-RED hides the inputs that its own ones replace.
 */
const INPUTS = [
	'.red-ui-typedInput-input',
	'.red-ui-typedInput-option-trigger',
	'.smtp2go-editor textarea',
	'input[type!="hidden"]',
	'select',
	'.red-ui-typedInput-type-select',
];

/** Focuses a row's input when its label is clicked, in all our dialogs. */
export function focusByLabel(): void {
	$(document).on(
		'click',
		'.smtp2go-dialog .form-row > label',
		({ currentTarget, target }: { currentTarget: HTMLElement; target: HTMLElement }) => {
			if ($(target).closest('.smtp2go-help, a, button').length > 0) return;
			const row = $(currentTarget).closest('.form-row');
			const [input] = INPUTS.flatMap((one) => row.find(one).filter(':visible').toArray());
			// A checkbox that its label toggles already has the focus.
			if (input !== undefined && !$(input).is('[type="checkbox"]')) $(input).trigger('focus');
		},
	);
}
