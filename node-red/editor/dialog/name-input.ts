/**
 * Names the input of a TypedInput for screen readers: Node-RED hides the input that the label belongs to, and shows
 * another one without a name (editor-client, typedInput.js).
 */
export function nameInput(input: JQuery, name: string): void {
	input.next('.red-ui-typedInput-container').find('.red-ui-typedInput-input').attr('aria-label', name);
}
