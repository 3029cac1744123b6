/** Puts the help of a field beside its label, to be read when the pointer is over it or the Tab key has come to it. */
export function addHelpIcon(label: JQuery, help: string): void {
	const icon = $('<i class="fa fa-question-circle-o smtp2go-help">')
		.attr({ tabindex: 0, role: 'note', 'aria-label': help })
		.appendTo(label);
	const tip = RED.popover.tooltip(icon, help);
	// Node-RED opens a tooltip for the pointer only.
	icon.on('focus', () => tip.open()).on('blur', () => tip.close());
	// A click on the icon asks for help, not for the input that the label belongs to.
	icon.on('click', (event) => event.preventDefault());
}
