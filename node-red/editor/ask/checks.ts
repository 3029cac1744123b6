/** Checks the saved values of an ask node for its dialog and the canvas: `true`, or what is wrong. */
import {
	MAX_CHOICES,
	MAX_LIMIT,
	MAX_SCHEDULE_HOURS,
	MIN_CHOICES,
	choicesOf,
	isAsked,
	responseTypeOf,
	units,
	wayOf,
} from '../../shared/saved-ask';
import { hasPublicUrl } from '../account/public-url';
import { checkField } from '../action/checks';
import type { AskNode, Values } from '../dialog/dialog-node';
import { common } from '../dialog/messages';
import { askReading, fieldForms } from './ask-fields';

/** The value of an input while a dialog is open, or the saved one: Node-RED checks values while they are typed. */
function current(name: string, saved: unknown): string {
	return String($(`.smtp2go-dialog #node-input-${name}`).val() ?? saved ?? '');
}

/** Checks the way: links need a public address. */
export function checkVia(node: AskNode, via: unknown): true | string {
	const account = RED.nodes.node(node.account ?? '');
	if (wayOf({ via: String(via) }) === 'smsReply' || account === null || account === undefined) return true;
	return hasPublicUrl(node.account) || common('noPublicUrl');
}

/** Checks the fixed values. Values from a message are checked when it arrives. */
export function checkFields(node: AskNode, values: Values = {}): true | string[] {
	const { country } = askReading(values);
	const flaws = fieldForms.flatMap((field) => {
		if (!isAsked(field.name, wayOf(node), node.escalateAfter)) return [];
		const value = values[field.name];
		if (value === undefined)
			return field.required ? [common('required', { label: node._(`${field.text}.label`) })] : [];
		const verdict = checkField(node, field, value, country);
		return verdict === true ? [] : [verdict];
	});
	return flaws.length === 0 || flaws;
}

/** Checks the choices. */
export function checkChoices(node: AskNode, choices: string): true | string {
	if (responseTypeOf({ responseType: current('responseType', node.responseType) }) !== 'choice') return true;
	const all = choicesOf({ choices });
	const isValid = all.length >= MIN_CHOICES && all.length <= MAX_CHOICES && new Set(all).size === all.length;
	return isValid || node._('ask.noChoices');
}

/** A wait limit in the unit of the dialog, in milliseconds. */
function limitOf(node: AskNode, limit: string): number {
	const unit = current('limitUnit', node.limitUnit ?? 'days');
	return Number(limit) * (Object.entries(units).find(([name]) => name === unit)?.[1] ?? units.days);
}

/** Checks the wait limit. */
export function checkLimit(node: AskNode, limit: unknown): true | string {
	const text = String(limit ?? '').trim();
	const milliseconds = limitOf(node, text);
	const isValid = text === '' || (Number.isInteger(Number(text)) && milliseconds > 0 && milliseconds <= MAX_LIMIT);
	return isValid || `${node._('ask.limit')}: ${node._('ask.invalidLimit')}`;
}

/** Checks the hours before a reminder or an escalation, which must come before the wait limit ends. */
export function checkHours(node: AskNode, name: string, hours: unknown): true | string {
	const text = String(hours ?? '').trim();
	const isValid = text === '' || (Number(text) > 0 && Number(text) <= MAX_SCHEDULE_HOURS);
	if (!isValid) return `${node._(`ask.${name}`)}: ${node._('ask.invalidHours')}`;
	const limit = current('limit', node.limit).trim();
	const isLate = text !== '' && limit !== '' && Number(text) * units.hours >= limitOf(node, limit);
	return !isLate || `${node._(`ask.${name}`)}: ${node._('ask.hoursAfterLimit')}`;
}
