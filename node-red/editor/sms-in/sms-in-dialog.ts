/** The dialog of the node for received text messages. */
import { presetAccount } from '../account/preset-account';
import type { SmsInNode } from '../dialog/dialog-node';
import { addHelpIcon } from '../dialog/help-icon';
import { common } from '../dialog/messages';

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
	};
	for (const name of BOXES) addHelpIcon($(`.smtp2go-${name} label`), node._(`smsIn.${name}Help`));
	filter.on('change', refresh);
	refresh();
}

/** Checks a pattern: `true`, or what is wrong. */
export function checkPattern(pattern: string): true | string {
	const [, source = pattern] = /^\/(.+)\/[a-z]*$/s.exec(pattern) ?? [];
	if (source.trim() === '') return common('noPattern');
	try {
		new RegExp(source);
		return true;
	} catch {
		return common('invalidPattern', { pattern });
	}
}
