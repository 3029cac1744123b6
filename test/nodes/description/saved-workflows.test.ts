/**
 * Saved workflows hold parameter names and values, and leave defaults out. So whatever was released must stay, with its
 * type and default. Additions are fine. `RECORD=1 npm run test:unit -- test/nodes/description/saved-workflows` adds
 * them to saved-workflows.json, and never changes or removes what is there.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { Smtp2goPollingTrigger } from '../../../nodes/Smtp2go/Smtp2goPollingTrigger.node';
import { Smtp2goTrigger } from '../../../nodes/Smtp2go/Smtp2goTrigger.node';
import { operations, shown } from '../support/forms';

/** What a saved workflow depends on in one parameter. */
interface Promised {
	readonly type: string;
	readonly default: unknown;
	/** The values that can be selected. */
	readonly values?: readonly unknown[];
	/** The modes of a resource locator. */
	readonly modes?: readonly string[];
}

type Form = Readonly<Record<string, Promised>>;

const file = join(__dirname, 'saved-workflows.json');
const read = () => JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Form>>;

/** The parameters of a form by their path, such as `options.bcc` or `attachments.binary.filename`. */
function flatten(list: readonly INodeProperties[], path = ''): [string, Promised][] {
	return list
		.filter(({ type }) => type !== 'notice')
		.flatMap(({ name, type, default: initial, options = [], modes }) => {
			const isChoice = type === 'options' || type === 'multiOptions';
			const promised: Promised = {
				type,
				default: initial,
				...(isChoice ? { values: options.map((option) => (option as INodePropertyOptions).value) } : {}),
				...(modes ? { modes: modes.map((mode) => mode.name) } : {}),
			};
			const inner =
				type === 'collection'
					? flatten(options as INodeProperties[], `${path}${name}.`)
					: type === 'fixedCollection'
						? (options as INodePropertyCollection[]).flatMap((option) =>
								flatten(option.values, `${path}${name}.${option.name}.`),
							)
						: [];
			return [[`${path}${name}`, promised] as [string, Promised], ...inner];
		});
}

/** The form of an operation, with every value that shows further parameters. */
function fullForm(resource: string, operation: string): Form {
	const forms = ['', 'x'].flatMap((templateId) =>
		['text', 'binary'].map((mimeEmailSource) => shown(resource, operation, { templateId, mimeEmailSource })),
	);
	return Object.fromEntries(forms.flatMap((form) => flatten(form)));
}

/** The form of the operation that asks, with everything that a choice shows. */
function askingForm(resource: string): Form {
	const shownBy = ['approval', 'choice', 'freeText'].map((responseType) =>
		shown(resource, 'sendAndWait', { channel: 'both', responseType }),
	);
	return Object.fromEntries(shownBy.flatMap((form) => flatten(form)));
}

const polling = new Smtp2goPollingTrigger().description.properties;
const watches = ['events', 'incomingSms', 'accountHealth'];

/** The form of the polling trigger for one thing to watch, with everything that a choice shows. */
function pollingForm(watch: string): Form {
	return Object.fromEntries(
		flatten(polling.filter(({ displayOptions }) => displayOptions?.show?.['watch']?.includes(watch) ?? true)),
	);
}

const forms: Readonly<Record<string, Form>> = {
	...Object.fromEntries(
		operations.map(({ name, resource, operation }) => [name, fullForm(resource.key, operation.key)]),
	),
	...Object.fromEntries(['email', 'sms'].map((resource) => [`${resource}.sendAndWait`, askingForm(resource)])),
	trigger: Object.fromEntries(flatten(new Smtp2goTrigger().description.properties)),
	...Object.fromEntries(watches.map((watch) => [`polling.${watch}`, pollingForm(watch)])),
};

/** The same parameter with the values and modes that it had before: more of them are fine. */
function asReleased(now: Promised | undefined, then: Promised): Promised | undefined {
	if (now === undefined) return undefined;
	// Text can become a resource locator: n8n and our reader still read the saved text.
	if (then.type === 'string' && now.type === 'resourceLocator') return then;
	return {
		...now,
		...(then.values ? { values: then.values.filter((value) => now.values?.includes(value)) } : {}),
		...(then.modes ? { modes: then.modes.filter((mode) => now.modes?.includes(mode)) } : {}),
	};
}

/** The text of the record: a parameter per line, so that a diff shows what was added. */
function write(record: Readonly<Record<string, Form>>): string {
	const list = Object.entries(record).map(([name, form]) => {
		const lines = Object.entries(form).map(([path, promised]) => `\t\t"${path}": ${JSON.stringify(promised)}`);
		return `\t"${name}": {\n${lines.join(',\n')}\n\t}`;
	});
	return `{\n${list.join(',\n')}\n}\n`;
}

/** The record with what was added. What it holds stays unchanged. */
function withAdditions(released: Readonly<Record<string, Form>>): Record<string, Form> {
	const names = [...new Set([...Object.keys(released), ...Object.keys(forms)])];
	return Object.fromEntries(
		names.map((name) => {
			const then = released[name] ?? {};
			const now = forms[name] ?? {};
			const widened = Object.entries(then).map(([path, promised]): [string, Promised] => [
				path,
				{
					...promised,
					...(promised.values
						? { values: [...new Set([...promised.values, ...(now[path]?.values ?? [])])] }
						: {}),
					...(promised.modes
						? { modes: [...new Set([...promised.modes, ...(now[path]?.modes ?? [])])] }
						: {}),
				},
			]);
			return [name, { ...now, ...Object.fromEntries(widened) }];
		}),
	);
}

if (process.env['RECORD']) writeFileSync(file, write(withAdditions(read())));
const released = read();

test('there are forms to check', () => {
	expect(Object.keys(released).length).toBeGreaterThan(50);
});

test.each(Object.entries(released))('%s keeps every parameter with its type, default and values', (name, form) => {
	const now = forms[name] ?? {};
	for (const [path, then] of Object.entries(form)) expect([path, asReleased(now[path], then)]).toEqual([path, then]);
});
