/** Puts the help of a field beside its label, to be read when the pointer is over it. */
export function addHelpIcon(label: JQuery, help: string): void {
	const icon = $('<i class="fa fa-question-circle-o smtp2go-help">').attr('aria-label', help).appendTo(label);
	RED.popover.tooltip(icon, help);
}
