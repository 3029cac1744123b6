/** The dialog of the node for received text messages. */
import { presetAccount } from '../account/preset-account';
import type { SmsInNode } from '../dialog/dialog-node';
import { addHelpIcon } from '../dialog/help-icon';
import { common } from '../dialog/messages';
import { watchPermissions } from '../dialog/missing-permissions';

/** The text of the box for each filter. */
const BOXES = ['keywords', 'pattern'] as const;

export function open(node: SmsInNode): void {
	presetAccount();
	const filter = $('#node-input-filter');
	// A flow that was written by hand can lack it: the default is shown.
	if (!filter.val()) filter.val('any');
	if (node.matchReplies === undefined) $('#node-input-matchReplies').prop('checked', true);
	const refresh = () => {
		for (const name of BOXES) $(`.smtp2go-${name}`).toggle(filter.val() === name);
		// Node-RED checks a value when its own input changes.
		for (const name of BOXES) $(`#node-input-${name}`).trigger('change');
	};
	for (const name of BOXES) addHelpIcon($(`.smtp2go-${name} label`), node._(`smsIn.${name}Help`));
	filter.on('change', refresh);
	refresh();
	watchPermissions(() => ({ node: 'smsIn' }));
}

/** The filter of a node: while its dialog is open, the one that is chosen there. */
function filterOf({ filter }: SmsInNode): unknown {
	const chosen = $('.smtp2go-dialog #node-input-filter').val();
	return chosen ?? filter;
}

/** Checks the keywords: `true`, or what is wrong. */
export function checkKeywords(node: SmsInNode, keywords: string): true | string {
	return filterOf(node) !== 'keywords' || keywords.trim() !== '' || common('noKeywords');
}

/** Checks a pattern: `true`, or what is wrong. */
export function checkPattern(node: SmsInNode, pattern: string): true | string {
	if (filterOf(node) !== 'pattern') return true;
	const [, source = pattern] = /^\/(.+)\/[a-z]*$/s.exec(pattern) ?? [];
	if (source.trim() === '') return common('noPattern');
	try {
		new RegExp(source);
		return true;
	} catch {
		return common('invalidPattern', { pattern });
	}
}
