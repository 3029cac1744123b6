/**
 * What n8n's node creator makes of the two nodes: which words find them, and which actions and triggers it lists
 * (n8n-editor-ui 2.41, `useActionsGeneration`).
 */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { emailEvents, offeredResources } from '../../../api';
import { Smtp2go } from '../../../nodes/Smtp2go/Smtp2go.node';
import { Smtp2goPollingTrigger } from '../../../nodes/Smtp2go/Smtp2goPollingTrigger.node';
import { Smtp2goTrigger } from '../../../nodes/Smtp2go/Smtp2goTrigger.node';
import codex from '../../../nodes/Smtp2go/Smtp2go.node.json';
import pollingCodex from '../../../nodes/Smtp2go/Smtp2goPollingTrigger.node.json';
import triggerCodex from '../../../nodes/Smtp2go/Smtp2goTrigger.node.json';

const action = new Smtp2go().description;
const trigger = new Smtp2goTrigger().description;
const polling = new Smtp2goPollingTrigger().description;

const choices = (property?: INodeProperties) => (property?.options ?? []) as INodePropertyOptions[];

test.each([
	'sms',
	'text message',
	'send email',
	'bounce',
	'template',
	'newsletter',
	'suppression',
	'report',
	'approval',
	'human in the loop',
	'transactional email',
	'webhook',
	'unsubscribe',
])('"%s" finds the node', (words) => {
	expect(codex.alias).toContain(words);
});

test.each(['sms', 'bounce', 'spam', 'delivered', 'webhook', 'event'])('"%s" finds the trigger', (words) => {
	expect(triggerCodex.alias).toContain(words);
});

test.each(['incoming sms', 'bounce', 'quota', 'health', 'polling', 'firewall'])(
	'"%s" finds the polling trigger',
	(words) => {
		expect(pollingCodex.alias).toContain(words);
	},
);

test('actions are listed by use: those of email first, then SMS, templates, suppressions, activity', () => {
	// n8n goes through the resources in their order, and for each through its operations.
	const actions = choices(action.properties.find(({ name }) => name === 'resource')).flatMap(({ value }) =>
		choices(
			action.properties.find(
				({ name, displayOptions }) =>
					name === 'operation' && displayOptions?.show?.['resource']?.includes(value),
			),
		).map((option) => `${String(value)}.${String(option.value)}`),
	);
	expect(actions[0]).toBe('email.send');
	expect(actions.slice(0, 2)).toEqual(['email.send', 'email.sendAndWait']);
	expect(actions.slice(7, 9)).toEqual(['sms.send', 'sms.sendAndWait']);
	expect(actions.filter((name) => !name.endsWith('.sendAndWait'))).toEqual(
		offeredResources('n8n').flatMap(({ key, operations }) =>
			operations.map((operation) => `${key}.${operation.key}`),
		),
	);
});

test('the tool of an AI agent does not list the operation that waits, for which n8n has its own tool', () => {
	const waiting = action.properties.flatMap((property) =>
		property.name === 'operation' ? choices(property).filter(({ value }) => value === 'sendAndWait') : [],
	);
	expect(waiting.map(({ displayOptions }) => displayOptions)).toEqual(Array(2).fill({ hide: { '@tool': [true] } }));
});

test.each([
	['trigger', trigger],
	['polling trigger', polling],
])('each email event is a separate entry of the %s in the list, "On bounce" first', (_, { properties }) => {
	// The first parameter of that name is the one that n8n lists.
	const listed = properties.find(({ displayName }) =>
		['event', 'events', 'trigger on'].includes(displayName.toLowerCase()),
	);
	expect(listed?.name).toBe('events');
	expect(choices(listed).map(({ value, action: name }) => [value, name])).toEqual(
		emailEvents.map(({ value, label }) => [value, `On ${label.toLowerCase()}`]),
	);
	expect(choices(listed)[0]?.action).toBe('On bounce');
});

test('the trigger says how to get an event to build with, before it listens and while it does', () => {
	const { triggerPanel } = trigger;
	const help =
		typeof triggerPanel === 'object' && typeof triggerPanel.executionsHelp === 'object'
			? [triggerPanel.executionsHelp.active, triggerPanel.executionsHelp.inactive]
			: [];
	const notice = trigger.properties.find(({ name }) => name === 'testNotice')?.displayName ?? '';
	expect(help).toHaveLength(2);
	for (const text of [...help, notice, trigger.eventTriggerDescription ?? ''])
		expect(text).toMatch(/Test this webhook.*[Ss]end (yourself )?an email/s);
	for (const text of help) expect(text).toMatch(/Bounce:.*does not exist/s);
});
