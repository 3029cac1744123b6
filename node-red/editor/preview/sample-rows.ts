/** The rows with sample values. They are kept until the editor is reloaded, and never saved in the flow. */
import { common } from '../dialog/messages';
import type { Sample, SampleValues } from './samples';

/** What was typed, by node. */
const kept = new Map<string, Map<string, string>>();

export class SampleRows {
	private readonly typed: Map<string, string>;
	private readonly list: JQuery;
	private readonly started = new Map<string, string>();
	private shown = '';

	constructor(container: JQuery, node: string) {
		this.typed = kept.get(node) ?? new Map<string, string>();
		kept.set(node, this.typed);
		$('<div class="smtp2go-what">').text(common('preview.samples')).appendTo(container);
		this.list = $('<div>').appendTo(container);
	}

	/** The samples: what was typed, or else the first value of the row. */
	get values(): SampleValues {
		return new Map([...this.started, ...this.typed]);
	}

	/** Shows the rows, if they have changed. The row with the cursor keeps it. */
	show(samples: readonly Sample[]): void {
		const shown = JSON.stringify(samples);
		if (shown === this.shown) return;
		this.shown = shown;
		const focused = this.list.find(':focus').attr('id');
		this.list.empty();
		this.started.clear();
		for (const sample of samples) this.add(sample);
		if (focused !== undefined) this.list.find(`[id="${focused}"]`).trigger('focus');
	}

	private add({ key, label, source, start, isLong, isFixed }: Sample): void {
		const id = `smtp2go-sample-${key.replace(/\W/g, '-')}`;
		this.started.set(key, start);
		const row = $('<div class="form-row">').appendTo(this.list);
		const name = $('<label>').attr('for', id).text(label).appendTo(row);
		const origin = isFixed ? common('preview.fixed') : source;
		if (origin !== undefined && origin !== '') $('<small>').text(origin).appendTo(name);
		const input = $(isLong ? '<textarea rows="2">' : '<input type="text">')
			.attr({ id, 'data-sample': key })
			.prop('readonly', isFixed)
			.val(isFixed ? start : (this.typed.get(key) ?? start))
			.appendTo(row);
		input.on('input', () => this.typed.set(key, String(input.val() ?? '')));
	}
}
