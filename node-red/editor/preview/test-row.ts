/** "Send Me a Test": one click sends one email, to the address that is typed here. */
import { ask } from '../dialog/ask';
import type { Values } from '../dialog/dialog-node';
import { common } from '../dialog/messages';

/** Where the browser keeps the address. It is never part of the flow. */
const KEPT = 'smtp2go-test-address';
const ID = 'smtp2go-test-address';

/** See SentTest in the runtime. */
interface Sent {
	readonly emailId: string;
	readonly isMarked: boolean;
}

export class TestRow {
	private readonly input: JQuery;
	private readonly button: JQuery;
	private readonly result: JQuery;

	/** @param request the account, and the values of the email */
	constructor(
		container: JQuery,
		private readonly request: () => { readonly account: string; readonly fields: Values },
	) {
		const row = $('<div class="form-row">').appendTo(container);
		$('<label>').attr('for', ID).text(common('preview.test.address')).appendTo(row);
		this.input = $('<input type="text" inputmode="email" autocomplete="email">')
			.attr({ id: ID, placeholder: common('preview.test.example') })
			.val(RED.settings.getLocal(KEPT) ?? '')
			.appendTo(row);
		this.button = $('<button type="button" class="red-ui-button smtp2go-send-test">')
			.append('<i class="fa fa-paper-plane"></i> ', $('<span>').text(common('preview.test.send')))
			.appendTo(row);
		this.result = $('<div class="form-tips smtp2go-result" role="status">').appendTo(container);
		$('<div class="smtp2go-what">').text(common('preview.test.help')).appendTo(container);
		this.button.on('click', () => void this.send());
	}

	private tell(kind: string, text: string): void {
		this.result.removeClass('smtp2go-good smtp2go-bad').addClass(kind).empty().append($('<div>').text(text)).show();
		this.result.get(0)?.scrollIntoView({ block: 'nearest' });
	}

	private async send(): Promise<void> {
		if (this.button.prop('disabled') === true) return;
		const to = String(this.input.val() ?? '').trim();
		this.button.prop('disabled', true);
		this.tell('', common('preview.test.sending'));
		const click = crypto.getRandomValues(new Uint32Array(4)).join('-');
		const sent = await ask<Sent>('send-test', { ...this.request(), to, click });
		this.button.prop('disabled', false);
		if (!sent.ok) return this.tell('smtp2go-bad', sent.message);
		RED.settings.setLocal(KEPT, to);
		const { emailId, isMarked } = sent.value;
		this.tell('smtp2go-good', common(`preview.test.${isMarked ? 'sent' : 'sentTemplate'}`, { to, id: emailId }));
	}
}
