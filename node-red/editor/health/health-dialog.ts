/** The dialog of the health node: what it watches, and how often it looks. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, import-x/no-unresolved */
import fields from 'smtp2go:health';
import { presetAccount } from '../account/preset-account';
import type { HealthNode } from '../dialog/dialog-node';
import { common, eventText } from '../dialog/messages';
import { watchPermissions } from '../dialog/missing-permissions';
import { checkedIn, readRows, showRows, type PlainForm } from '../fields/plain-rows';

const form: PlainForm = { fields, texts: 'health' };

/** The field that chooses the checks: the others are their limits. */
const CHECKS = 'checks';

function camelCase(name: string): string {
	return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** True if a field belongs to a check: its limit, its list, or what all rates have in common. */
function belongs(name: string, check: string): boolean {
	const own = camelCase(name);
	return own === check || own === `${check}s` || (own === 'minEmails' && check.endsWith('Rate'));
}

/** Shows a field only if a check that it belongs to is chosen. */
function refresh(): void {
	const chosen = checkedIn($(`#smtp2go-${CHECKS}`));
	for (const { name } of fields.filter((field) => field.name !== CHECKS))
		$(`#smtp2go-${name}`)
			.closest('.form-row')
			.toggle(chosen.some((check) => belongs(name, check)));
}

export function open(node: HealthNode): void {
	presetAccount();
	const [checks, ...limits] = fields;
	if (checks === undefined) return;
	showRows({ ...form, fields: [checks] }, $('#dialog-form .smtp2go-checks'), node.watch);
	showRows({ ...form, fields: limits }, $('#dialog-form .smtp2go-limits'), node.watch);
	$(`#smtp2go-${CHECKS}`).on('change', refresh);
	refresh();
	watchPermissions(() => ({ node: 'health', checks: checkedIn($(`#smtp2go-${CHECKS}`)).join(',') }));
}

export function save(node: HealthNode): void {
	const watch = readRows(form);
	// Opening a dialog does not change its node.
	if (JSON.stringify(node.watch ?? {}) !== JSON.stringify(watch)) node.watch = watch;
}

/** Checks what is saved: `true`, or what is wrong. */
export function check({ [CHECKS]: chosen, ...limits }: HealthNode['watch'] = {}): true | string[] {
	const flaws = fields.flatMap(({ name, kind, min = -Infinity, max = Infinity }) => {
		const value = limits[name];
		if (kind !== 'number' || value === undefined) return [];
		const number = Number(value);
		const words = { label: eventText(`health.${name}.label`), min: String(min), max: String(max) };
		return number >= min && number <= max ? [] : [common(max === Infinity ? 'tooSmall' : 'outOfRange', words)];
	});
	if (Array.isArray(chosen) && chosen.length === 0) flaws.push(common('noChecks'));
	return flaws.length === 0 || flaws;
}

/** The label of an output. */
export function outputLabel(index: number): string {
	return common(`healthOutputs.${index === 0 ? 'problem' : 'recovered'}`);
}
