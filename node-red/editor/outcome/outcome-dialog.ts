/** The dialog of the outcome node: which emails it waits for, how long, and where their outcome comes from. */
import { durationOf, FIRST_LIMIT, outcomeSourceOf, SENT } from '../../shared/saved-outcome';
import { presetAccount } from '../account/preset-account';
import { nameInput } from '../dialog/name-input';
import { hasPublicUrl } from '../account/public-url';
import type { OutcomeNode, TypedValue } from '../dialog/dialog-node';
import { addHelpIcon } from '../dialog/help-icon';
import { common } from '../dialog/messages';
import { watchPermissions } from '../dialog/missing-permissions';

/** Sources of the sent emails. */
const TYPES = ['msg', 'flow', 'global', 'jsonata'];

/** Choices that a flow written by hand can lack, with their defaults. */
const FIRST_CHOICES = { ...FIRST_LIMIT, source: 'auto' } as const;

/** Minutes below which the activity log is usually too late. */
const LOG_MINUTES = 5;

function input(name: string): JQuery {
	return $(`.smtp2go-dialog #node-input-${name}`);
}

/** The value of an input while a dialog is open, or the saved one: Node-RED checks values while they are typed. */
function current(name: string, saved: unknown): string {
	return String(input(name).val() ?? saved ?? '');
}

/** Says what the chosen source means, and whether the limit is too short for it. */
function refresh(node: OutcomeNode): void {
	const chosen = current('source', node.source);
	const isLog = outcomeSourceOf(chosen, hasPublicUrl(current('account', node.account))) === 'log';
	const note = chosen === 'auto' ? (isLog ? 'autoLog' : 'autoWebhook') : chosen;
	const limit = durationOf(current('limit', node.limit), current('limitUnit', node.limitUnit)) ?? Infinity;
	const isShort = isLog && limit < LOG_MINUTES * 60_000;
	const texts = [node._(`outcome.sourceNote.${note}`), ...(isShort ? [node._('outcome.shortLimit')] : [])];
	$('.smtp2go-dialog .smtp2go-source-help').text(texts.join(' '));
}

function sent(): JQuery {
	return $('.smtp2go-dialog #smtp2go-sent');
}

export function open(node: OutcomeNode): void {
	presetAccount();
	const { type, value } = node.sent ?? SENT;
	sent().typedInput({ types: TYPES, default: TYPES.includes(type) ? type : SENT.type });
	nameInput(sent(), node._('outcome.sent'));
	sent().typedInput('type', TYPES.includes(type) ? type : SENT.type);
	sent().typedInput('value', String(value));
	for (const [name, first] of Object.entries(FIRST_CHOICES)) if (!input(name).val()) input(name).val(String(first));
	for (const name of ['limit', 'softLimit', 'source'])
		addHelpIcon(input(name).closest('.form-row').find('label').first(), node._(`outcome.${name}Help`));
	addHelpIcon(sent().closest('.form-row').find('label').first(), node._('outcome.sentHelp'));
	for (const name of ['source', 'account', 'limit', 'limitUnit']) input(name).on('change input', () => refresh(node));
	// Node-RED checks a value when its own input changes.
	input('limitUnit').on('change', () => input('limit').trigger('change'));
	input('account').on('change', () => input('source').trigger('change'));
	refresh(node);
	watchPermissions(() => ({
		node: 'outcome',
		source: outcomeSourceOf(current('source', node.source), hasPublicUrl(current('account', node.account))),
	}));
}

export function save(node: OutcomeNode): void {
	const saved: TypedValue = { type: sent().typedInput('type'), value: sent().typedInput('value') };
	// Opening a dialog does not change its node.
	if (JSON.stringify(node.sent ?? SENT) !== JSON.stringify(saved)) node.sent = saved;
	close();
}

export function close(): void {
	sent().typedInput('destroy');
}

/** Checks where the sent emails are: `true`, or what is wrong. */
export function checkSent(
	node: OutcomeNode,
	saved: TypedValue = { ...SENT, value: String(SENT.value) },
): true | string {
	const label = node._('outcome.sent');
	const value = String(saved.value);
	return value.trim() === ''
		? common('required', { label })
		: RED.utils.validateTypedProperty(value, saved.type, { label });
}

/** Checks the wait limit. */
export function checkLimit(node: OutcomeNode, limit: unknown): true | string {
	const unit = current('limitUnit', node.limitUnit);
	const isValid = durationOf(String(limit ?? FIRST_LIMIT.limit), unit) !== undefined;
	return isValid || `${node._('outcome.limit')}: ${node._('outcome.invalidLimit')}`;
}

/** Checks the limit of soft bounces. */
export function checkSoftLimit(node: OutcomeNode, limit: unknown): true | string {
	const text = String(limit ?? '').trim();
	const isValid = text === '' || durationOf(text, 'minutes', true) !== undefined;
	return isValid || `${node._('outcome.softLimit')}: ${node._('outcome.invalidSoftLimit')}`;
}

/** Checks the source: the webhook needs a public address. */
export function checkSource(node: OutcomeNode, source: unknown): true | string {
	const account = RED.nodes.node(node.account ?? '');
	if (source !== 'webhook' || account === null || account === undefined) return true;
	return hasPublicUrl(node.account) || node._('outcome.noPublicUrl');
}
