/** The dialog of the account, with the key check and the details for a manual webhook. */
import { ask } from '../dialog/ask';
import { addHelpIcon } from '../dialog/help-icon';
import type { AccountNode } from '../dialog/dialog-node';
import { showSetup, type Setup } from './setup-list';

interface Hook {
	readonly url: string;
	readonly type: string;
	readonly value: string;
	readonly problem?: string;
}

function input(name: string): JQuery {
	return $(`#node-config-input-${name}`);
}

function typed(name: string): string {
	return String(input(name).val() ?? '');
}

/** Shows an answer as a tip. Text from outside is never read as HTML. */
function show(place: JQuery, isGood: boolean, text: string): JQuery {
	return place
		.empty()
		.removeClass('smtp2go-good smtp2go-bad')
		.addClass(isGood ? 'smtp2go-good' : 'smtp2go-bad')
		.append($('<div>').text(text))
		.show();
}

function verdictText(node: AccountNode, { verdict }: Setup): string {
	const keys = { ready: 'ready', 'ready with warnings': 'warnings', 'not ready': 'notReady' } as const;
	return node._(`account.setup.${keys[verdict]}`);
}

function checkKey(node: AccountNode): void {
	const place = show($('.smtp2go-check-result'), true, node._('account.checking'));
	const [waiting] = place.children();
	const proxy = typed('proxy').replace('_ADD_', '');
	void ask<Setup>('check-key', {
		account: node.id,
		apiKey: typed('apiKey'),
		region: typed('region'),
		baseUrl: typed('baseUrl'),
		proxy,
	}).then((answer) => {
		// If the button was pressed again, this is about a key that the dialog no longer shows.
		if (place.children()[0] !== waiting) return;
		if (answer.ok) showSetup(node, show(place, answer.value.ready, verdictText(node, answer.value)), answer.value);
		else show(place, false, answer.message);
	});
}

function showHook(node: AccountNode): void {
	const place = $('.smtp2go-hook-result');
	// An account in a subflow has several: one for each instance.
	void ask<Hook | Hook[]>('show-hook', { account: node.id }).then((answer) => {
		if (!answer.ok) return void show(place, false, answer.message);
		const hooks = [answer.value].flat();
		const problem = hooks.find((hook) => hook.problem !== undefined)?.problem;
		show(place, problem === undefined, problem ?? node._('account.manualTip'));
		const row = (label: string, text: string) => {
			const copy = $(
				'<button type="button" class="red-ui-button red-ui-button-small"><i class="fa fa-clipboard"></i></button>',
			).attr({ 'aria-label': node._('account.copy'), title: node._('account.copy') });
			copy.on('click', () => RED.clipboard.copyText(text, copy, 'clipboard.copyMessageValue'));
			$('<div>')
				.append($('<span>').text(`${label}: `), $('<code class="smtp2go-copy">').text(text), ' ', copy)
				.appendTo(place);
		};
		for (const { url, type, value } of hooks) {
			row(node._('account.manualUrl'), url);
			row(node._('account.manualAuth', { type }), value);
		}
	});
}

/** The webhook's URL, as far as the dialog knows it. */
function showCallback(node: AccountNode): void {
	const root = RED.settings.httpNodeRoot === false ? '' : (RED.settings.httpNodeRoot ?? '/').replace(/\/+$/, '');
	const secret = typed('hookAuth') === 'basic' ? '/…' : '';
	const base = typed('publicUrl').trim().replace(/\/+$/, '');
	// In a subflow, this is a template: each instance gets its own account.
	const isTemplate = node.z !== undefined && node.z !== '' && Boolean(RED.nodes.subflow(node.z));
	const id = isTemplate ? `<${node._('account.instance')}>-${node.id}` : node.id;
	$('.smtp2go-callback')
		.toggle(base !== '')
		.find('code')
		.text(`${base}${root}/smtp2go/${id}${secret}`);
	$('.smtp2go-each').toggle(isTemplate);
}

/** Adds the help icons, as in the other dialogs. */
function showHelp(node: AccountNode): void {
	// Node-RED adds the messages to the template later, so this reads their keys.
	input('apiKey')
		.closest('.smtp2go-dialog')
		.find('.form-row [data-i18n^="[title]"]')
		.each((_, field) => {
			const key = String($(field).attr('data-i18n')).replace('[title]', '');
			addHelpIcon($(field).closest('.form-row').find('label').first(), node._(key));
		});
}

export function open(node: AccountNode): void {
	const refresh = () => {
		$('.smtp2go-base-url').toggle(typed('region') === 'custom');
		$('.smtp2go-basic').toggle(typed('hookAuth') === 'basic');
		showCallback(node);
	};
	for (const name of ['region', 'hookAuth']) {
		// A flow that was written by hand can lack a choice: the default is shown.
		if (!typed(name)) input(name).val(node._def.defaults[name]?.value ?? '');
		input(name).on('change', refresh);
	}
	input('publicUrl').on('input', refresh);
	$('.smtp2go-check').on('click', () => checkKey(node));
	$('.smtp2go-by-hand').on('click', () => showHook(node));
	showHelp(node);
	refresh();
}
