/** A text of several lines in Node-RED's code editor, which exists only while it is visible. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
export class LongText {
	private editor: CodeEditor | undefined;

	/**
	 * @param container to which the editor is added
	 * @param mode language of the text, as in `ace/mode/html`
	 */
	constructor(
		private readonly id: string,
		private readonly container: JQuery,
		private readonly mode: string,
		private text: string,
	) {}

	/** The current text. */
	get value(): string {
		return this.editor?.getValue() ?? this.text;
	}

	/** Opens the editor. A hidden one could not measure itself, so nothing happens while the container is hidden. */
	show(): void {
		if (this.editor !== undefined || !this.container.is(':visible')) return;
		// A new element each time: the editor removes its own.
		$('<div class="node-text-editor smtp2go-editor smtp2go-wide">').attr('id', this.id).appendTo(this.container);
		this.editor = RED.editor.createEditor({ id: this.id, mode: this.mode, value: this.text });
	}

	/** Closes the editor, and keeps the text. */
	hide(): void {
		this.text = this.value;
		const { editor } = this;
		// A moment later: Monaco of Node-RED 4 still works on losing the focus, and throws when its text is gone by
		// then.
		if (editor) setTimeout(() => editor.destroy());
		this.editor = undefined;
		this.container.find('.smtp2go-editor').remove();
	}
}
