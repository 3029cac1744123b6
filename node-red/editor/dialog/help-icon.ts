/** Adds a help icon to a label. The help shows on hover, and when the icon has the focus. */
export function addHelpIcon(label: JQuery, help: string): void {
	const icon = $('<i class="fa fa-question-circle-o smtp2go-help">')
		.attr({ tabindex: 0, role: 'note', 'aria-label': help })
		.appendTo(label);
	const tip = RED.popover.tooltip(icon, help);
	// Node-RED opens a tooltip on hover only.
	icon.on('focus', () => tip.open()).on('blur', () => tip.close());
	// A click on the icon asks for help, not for the input that the label belongs to.
	icon.on('click', (event) => event.preventDefault());
}
