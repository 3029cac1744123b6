/** The check list of "Check Key": what the check of the setup found, and what the key can do for each node. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, import-x/no-unresolved */
import forms from 'smtp2go:forms';
import type { AccountNode } from '../dialog/dialog-node';

/** One line: see api/check/setup-types.ts. */
interface SetupCheck {
	readonly check: string;
	readonly status: 'ok' | 'warning' | 'problem' | 'unknown' | 'info';
	readonly title: string;
	readonly message: string;
	readonly whatToDo: string | null;
}

/** What a key can do for one node: see runtime/dialogs/permissions.ts. */
interface NodePermissions {
	readonly key: string;
	readonly of: number;
	readonly missing: readonly string[];
}

/** The response of the route `check-key`. */
export interface Setup {
	readonly ready: boolean;
	readonly verdict: 'ready' | 'ready with warnings' | 'not ready';
	readonly checks: readonly SetupCheck[];
	readonly nodes: readonly NodePermissions[];
}

/** The icon of each status, in the order of the list. */
const icons: Readonly<Record<SetupCheck['status'], string>> = {
	problem: 'times-circle smtp2go-bad',
	warning: 'exclamation-triangle smtp2go-partly',
	unknown: 'question-circle smtp2go-unclear',
	info: 'info-circle smtp2go-unclear',
	ok: 'check-circle smtp2go-good',
};

/** One line: an icon, its meaning for a screen reader, a title, and what it says. */
function line(node: AccountNode, status: SetupCheck['status'], title: string, ...texts: JQuery[]): JQuery {
	return $('<li>').append(
		$('<i aria-hidden="true">').addClass(`fa fa-${icons[status]}`),
		$('<b>').append($('<span class="smtp2go-unseen">').text(`${node._(`account.status.${status}`)}: `), title),
		$('<div>').append(texts),
	);
}

/** A list that can be scrolled by the keyboard, too. */
function list(label: string, lines: readonly JQuery[]): JQuery {
	return $('<ul class="smtp2go-jobs" tabindex="0">')
		.attr('aria-label', label)
		.append([...lines]);
}

function checkLine(node: AccountNode, { status, title, message, whatToDo }: SetupCheck): JQuery {
	const advice = status === 'ok' || whatToDo === null ? [] : [$('<span class="smtp2go-advice">').text(whatToDo)];
	return line(node, status, title, $('<span>').text(message), ...advice);
}

/** The name of a node in the palette. */
function paletteName({ key }: NodePermissions): string {
	const type = forms.find(({ resource }) => resource === key)?.type ?? `smtp2go-${key}`;
	const { paletteLabel } = RED.nodes.getType(type) ?? {};
	return paletteLabel === undefined ? key : paletteLabel.call(RED.nodes.getType(type));
}

/** One line of the list by node: allowed, not allowed, or partly allowed with what is missing. */
function nodeLine(node: AccountNode, job: NodePermissions): JQuery {
	const { missing, of } = job;
	if (missing.length === 0) return line(node, 'ok', paletteName(job), $('<span>').text(node._('account.allowed')));
	const [status, key] =
		missing.length < of ? (['warning', 'partlyAllowed'] as const) : (['info', 'notAllowed'] as const);
	const words = node._(`account.${key}`, { missing: missing.join(', ') });
	return line(node, status, paletteName(job), $('<span>').text(words));
}

/** Shows the check list below the verdict. What the key can do is told node by node, unless it can do everything. */
export function showSetup(node: AccountNode, place: JQuery, { checks, nodes }: Setup): void {
	// What needs attention comes first, because the list scrolls.
	const order = Object.keys(icons);
	const shown = checks
		.filter(({ check, status }) => check !== 'permissions' || status === 'problem')
		.sort((one, other) => order.indexOf(one.status) - order.indexOf(other.status));
	place.append(
		list(
			node._('account.setup.label'),
			shown.map((check) => checkLine(node, check)),
		),
	);
	if (nodes.every(({ missing }) => missing.length === 0)) {
		place.append($('<div class="smtp2go-by-node">').text(node._('account.checkedAll')));
		return;
	}
	const label = node._('account.checked');
	place.append(
		$('<div class="smtp2go-by-node">').text(label),
		list(
			label,
			nodes.map((one) => nodeLine(node, one)),
		),
	);
}
