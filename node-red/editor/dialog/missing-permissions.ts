/** Says in a dialog which permission the API key of the chosen account lacks for what the dialog shows. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { ask } from './ask';
import { common } from './messages';

/** Milliseconds after the last change before Node-RED is asked. */
const PAUSE = 300;

/** What a dialog shows, for the route `missing-permissions` (see runtime/dialogs/permissions.ts). */
type Shown = Readonly<Record<string, string>>;

/**
 * Watches a dialog that is open.
 * @param shown returns what the dialog shows now
 */
export function watchPermissions(shown: () => Shown): void {
	const dialog = $('#dialog-form .smtp2go-dialog');
	const account = $('#node-input-account');
	const tip = $('<div class="form-tips smtp2go-result smtp2go-missing" role="status">').insertAfter(
		account.closest('.form-row'),
	);
	let asked = '';
	let timer: ReturnType<typeof setTimeout> | undefined;
	const look = () => {
		const question = { ...shown(), account: String(account.val() ?? '') };
		const text = JSON.stringify(question);
		if (text === asked) return;
		asked = text;
		void ask<string[]>('missing-permissions', question).then((answer) => {
			// A response about what the dialog no longer shows.
			if (asked !== text) return;
			const missing = answer.ok ? answer.value : [];
			tip.toggle(missing.length > 0).text(
				missing.length === 0
					? ''
					: [
							common('missingPermissions', { endpoints: missing.join(', ') }),
							...(missing.some((path) => path.startsWith('/webhook/')) ? [common('orManualSetup')] : []),
						].join(' '),
			);
		});
	};
	dialog.on('change input', () => {
		clearTimeout(timer);
		timer = setTimeout(look, PAUSE);
	});
	look();
}
