/** What the examples for n8n let through: the conditions of their If nodes, with hostile and with ordinary values. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
/* eslint-disable @n8n/community-nodes/no-dangerous-functions */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Workflow {
	readonly nodes: readonly {
		readonly name: string;
		readonly parameters: {
			readonly conditions?: { readonly conditions: readonly { readonly leftValue: string }[] };
		};
	}[];
}

/** True if an If node of an example lets an item through. */
function passes(example: string, name: string, $json: object): boolean {
	const path = join(__dirname, `../../examples/n8n/${example}.json`);
	const { nodes } = JSON.parse(readFileSync(path, 'utf8')) as Workflow;
	const found = nodes.find((node) => node.name === name)?.parameters.conditions?.conditions[0]?.leftValue;
	if (found === undefined) throw new Error(`No condition ${name}`);
	const code = /^=\{\{([^]*)\}\}$/.exec(found)?.[1] ?? '';
	return (new Function('$json', `return (${code})`) as (json: object) => boolean)($json);
}

describe('one-time code by SMS', () => {
	const isValid = (phone: string) => passes('one-time-code-by-sms', 'Is Valid?', { phone });

	it.each(['+14155550123', '+16045550123', '+12125550123', '+18085550123'])('sends to %s', (phone) => {
		expect(isValid(phone)).toBe(true);
	});

	it.each([
		['Jamaica', '+18765550123'],
		['Jamaica, new numbers', '+16585550123'],
		['Dominican Republic', '+18095550123'],
		['Dominican Republic, new numbers', '+18295550123'],
		['Bahamas', '+12425550123'],
		['Antigua', '+12685550123'],
		['Turks and Caicos', '+16495550123'],
		['a premium number', '+19005550123'],
		['a number without a place', '+15005550123'],
		['an impossible area code', '+14115550123'],
		['another country', '+4915112345678'],
		['two lines', '+14155550123\n+18765550123'],
	])('does not send to %s', (_where, phone) => {
		expect(isValid(phone)).toBe(false);
	});
});

describe('bounce to the sender', () => {
	it.each([
		['bounces@example.com', 'bounces@example.com', false],
		['Bounces <Bounces@example.com>', 'bounces@example.com', false],
		['Bounces <bounces@example.com> ', 'joe@example.com', true],
	])('notices from %s: a bounce of %s', (notifier, owner, isForwarded) => {
		expect(passes('bounce-to-the-sender', 'Is Ours?', { domain: 'Example.com', notifier, owner })).toBe(
			isForwarded,
		);
	});
});

describe('SMS alert', () => {
	it.each([
		['Message delivered', true],
		['delivered', true],
		['Undelivered', false],
		['Message undelivered', false],
		['Delivery failed', false],
		['Not delivered', false],
		['Message sent', false],
		['unknown', false],
	])('the status "%s" counts as delivered: %s', (status, isDelivered) => {
		expect(passes('sms-alert', 'Delivered?', { status })).toBe(isDelivered);
	});
});

describe('SMS replies', () => {
	it.each(['Stop!', 'STOP_', '_stop', 'unsubscribe me', 'Cancel', 'END', 'quit.'])('"%s" unsubscribes', (text) => {
		expect(passes('sms-replies', 'Says Stop?', { text })).toBe(true);
	});

	it.each(['YES', 'Yes please', '"yes"', '_yes_', 'yes, do not stop'])('"%s" does not unsubscribe', (text) => {
		expect(passes('sms-replies', 'Says Stop?', { text })).toBe(false);
	});
});
