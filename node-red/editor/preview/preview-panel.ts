/** Preview and test of the email in an open dialog, without saving or deploying it. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { TemplateVariable } from '../../../api/template/variable';
import type { FormField } from '../../shared/form';
import type { DialogNode, Values } from '../dialog/dialog-node';
import { ask, type Answer } from '../dialog/ask';
import { common } from '../dialog/messages';
import type { Reading } from '../fields/unset-sources';
import { Frame, hasRemote, hostsIn } from './frame';
import { SampleRows } from './sample-rows';
import { DialogEmail } from './samples';
import { TestRow } from './test-row';

/** The part of the runtime's answer that is shown; see DialogPreview in the runtime. */
interface Shown {
	readonly preview: {
		readonly subject: string;
		readonly html: string;
		readonly text: string;
		readonly notes: readonly string[];
	};
	readonly variables: readonly TemplateVariable[];
}

/** Milliseconds between two looks at the dialog. Node-RED's code editor does not tell when its text changes. */
const LOOK = 400;
/** Widths of screens, in pixels. */
const WIDTHS = { phone: 360, desktop: 800 } as const;

/** What the panel reads of the dialog. */
export interface PreviewSource {
	readonly node: DialogNode;
	readonly fields: readonly FormField[];
	values(): Values;
	reading(): Reading;
}

function choice<T extends string>(container: JQuery, name: string, values: readonly T[]): () => T {
	const id = `smtp2go-preview-${name}`;
	const row = $('<div class="form-row">').appendTo(container);
	$('<label>')
		.attr('for', id)
		.text(common(`preview.${name}.label`))
		.appendTo(row);
	const select = $('<select>').attr('id', id).appendTo(row);
	for (const value of values)
		$('<option>')
			.val(value)
			.text(common(`preview.${name}.${value}`))
			.appendTo(select);
	return () => select.val() as T;
}

export class PreviewPanel {
	private readonly element: JQuery;
	private readonly button: JQuery;
	private readonly panel: JQuery;
	private parts: ReturnType<PreviewPanel['build']> | undefined;
	private timer: ReturnType<typeof setInterval> | undefined;
	private variables: readonly TemplateVariable[] = [];
	private answer: Answer<Shown> | undefined;
	private asked = '';
	private isAsking = false;
	/** The hosts whose images the user asked for. A later text with images of others asks again. */
	private readonly hosts = new Set<string>();

	constructor(
		container: JQuery,
		private readonly source: PreviewSource,
	) {
		this.element = $('<div class="smtp2go-section smtp2go-preview">').appendTo(container);
		this.button = $('<button type="button" class="red-ui-button" aria-expanded="false">')
			.attr('aria-controls', 'smtp2go-preview')
			.append('<i class="fa fa-eye"></i> ', $('<span>').text(common('preview.open')))
			.appendTo(this.element);
		this.panel = $('<div id="smtp2go-preview">').appendTo(this.element).hide();
		this.button.on('click', () => this.toggle());
	}

	destroy(): void {
		clearInterval(this.timer);
		this.timer = undefined;
		this.element.remove();
	}

	private toggle(): void {
		const isOpen = this.timer === undefined;
		this.button.attr('aria-expanded', String(isOpen));
		this.panel.toggle(isOpen);
		clearInterval(this.timer);
		this.timer = isOpen ? setInterval(() => this.look(), LOOK) : undefined;
		if (!isOpen) return;
		this.parts ??= this.build();
		this.asked = '';
		this.look();
	}

	private build() {
		const { panel } = this;
		const samples = new SampleRows($('<div>').appendTo(panel), this.source.node.id);
		const body = choice(panel, 'body', ['html', 'text']);
		const width = choice(panel, 'width', ['phone', 'desktop']);
		const subject = $('<div class="smtp2go-preview-subject">').appendTo(panel);
		const screen = new Frame($('<div class="smtp2go-screen">').appendTo(panel), common('preview.frame'));
		const images = $('<button type="button" class="red-ui-button red-ui-button-small">')
			.text(common('preview.images'))
			.appendTo(panel);
		images.on('click', () => {
			const html = this.answer?.ok ? this.answer.value.preview.html : '';
			for (const host of hostsIn(html)) this.hosts.add(host);
			this.draw();
		});
		const notes = $('<ul class="smtp2go-preview-notes" aria-live="polite">').appendTo(panel);
		const test = new TestRow(panel, () => this.request());
		panel.on('change', 'select', () => this.draw());
		return { samples, body, width, subject, screen, images, notes, test };
	}

	private get account(): string {
		return String($('#node-input-account').val() ?? '');
	}

	/** What is previewed, and sent as a test. */
	private request(): { account: string; fields: Values } {
		const { node, fields, values, reading } = this.source;
		const email = new DialogEmail(node, fields, values(), reading());
		const rows = this.parts?.samples;
		const samples = email.samples(rows?.values ?? new Map<string, string>(), this.variables);
		rows?.show(samples);
		return { account: this.account, fields: email.sent(rows?.values ?? new Map<string, string>(), samples) };
	}

	/** Asks for a preview if the dialog has changed since the last one. */
	private look(): void {
		const request = this.request();
		const asked = JSON.stringify(request);
		if (this.isAsking || asked === this.asked) return;
		this.asked = asked;
		this.isAsking = true;
		void ask<Shown>('preview', request).then((answer) => {
			this.isAsking = false;
			if (this.timer === undefined) return;
			this.answer = answer;
			if (answer.ok) this.variables = answer.value.variables;
			this.request();
			this.draw();
		});
	}

	/** Shows what was answered last. */
	private draw(): void {
		const { answer, parts } = this;
		if (answer === undefined || parts === undefined) return;
		const { subject, html, text, notes } = answer.ok
			? answer.value.preview
			: { subject: '', html: '', text: '', notes: [answer.message] };
		const isHtml = parts.body() === 'html';
		parts.subject.text(common('preview.subject', { subject }));
		const content = isHtml && html !== '' ? { html } : { text: isHtml ? common('preview.noHtml') : text };
		parts.screen.show(content, WIDTHS[parts.width()], this.hosts);
		parts.images.toggle(isHtml && hasRemote(html, this.hosts));
		const shown = notes.join('\n');
		// The same notes are not read aloud again.
		if (parts.notes.data('shown') === shown) return;
		parts.notes.data('shown', shown).empty();
		for (const note of notes) $('<li>').text(note).appendTo(parts.notes);
	}
}
