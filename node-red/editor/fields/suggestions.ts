/** Suggestions for a field whose values can be fetched: read once per dialog and account, and searched here. */
import type { Kind } from '../../../api/kinds';
import { matchingEntries, type PickListEntry } from '../../../api/pick-lists/match';
import { ask } from '../dialog/ask';
import { common } from '../dialog/messages';

/** The fetched lists of the open dialog, by kind, account, and subaccount. */
const fetched = new Map<string, Promise<readonly PickListEntry[]>>();

/** Forgets the lists, so that the next dialog fetches them again. */
export function forgetLists(): void {
	fetched.clear();
}

/** The subaccount of the open dialog; empty if it comes from a message. */
function chosenSubaccount(): string {
	const input = $('#dialog-form [data-kind="subaccount"]');
	return input.length > 0 && input.typedInput('type') === 'str' ? String(input.typedInput('value')) : '';
}

function fetchList(kind: Kind, onError: (message: string) => void): Promise<readonly PickListEntry[]> {
	const account = String($('#node-input-account').val() ?? '');
	const subaccount = kind === 'subaccount' ? '' : chosenSubaccount();
	const key = `${kind} ${account} ${subaccount}`;
	const known = fetched.get(key);
	if (known !== undefined) return known;
	const asked = ask<PickListEntry[]>('list', { account, kind, subaccount }).then((answer) => {
		if (answer.ok) return answer.value;
		onError(common('listDenied', { message: answer.message }));
		return [];
	});
	fetched.set(key, asked);
	return asked;
}

/**
 * A search function for a TypedInput. A list that arrives after the cursor has left the field is not shown: it would
 * take the keyboard from the field that the user is in by then.
 */
export function suggestions(kind: Kind, onError: (message: string) => void) {
	return (typed: string, done: (found: readonly { value: string; label: string }[]) => void): void => {
		const input = document.activeElement;
		void fetchList(kind, onError).then((entries) => {
			if (document.activeElement !== input) return;
			done(
				matchingEntries(entries, typed).map(({ value, label }) => ({
					value,
					label: label === '' || label === value ? value : `${label} (${value})`,
				})),
			);
		});
	};
}
