/**
 * What the trigger looks like: its parameters, from the catalogue's record of a webhook and the shared filter, and its
 * outputs. The build puts the finished values in this file's place.
 */
import type { ExpressionString, INodeProperties, TriggerPanelDefinition } from 'n8n-workflow';
import { eventGroups, filterFields, hookFields, type Field } from '../../../api';
import { OPTIONS } from '../parameters/names';
import { looks } from './kind-parameters';

/** The email that did not arrive or was not wanted: what a workflow most often has to act on. */
const FIRST_EVENTS = ['bounce', 'reject', 'spam', 'unsubscribe'];

/** Users are chosen at SMTP2GO itself, for each trigger's own webhook: no event of others is delivered at all. */
const filters: readonly Field[] = filterFields.filter(({ name }) => name !== 'filter_users');

/** How to get an event to build with. n8n itself says only "Go to SMTP2GO and create an event" while it listens. */
const TEST_EVENT =
	'For a test event, execute this step. Then open the new webhook on SMTP2GO\'s page Settings &gt; Webhooks and click "Test this webhook", or send an email with this account.';

const BUILDING = [
	"<b>While building your workflow</b>, click the 'execute step' button. n8n adds a webhook of its own to your SMTP2GO account and listens for two minutes. Then make an event happen:",
	"<b>Any event:</b> open the new webhook on SMTP2GO's page Settings &gt; Webhooks and click <b>Test this webhook</b>.",
	'<b>Delivered:</b> send an email to yourself with this account.',
	'<b>Bounce:</b> send an email to an address that does not exist, at a domain of your own. SMTP2GO then suppresses that address.',
].join('<br /><br />');
const EXECUTIONS =
	'These executions show up in the <a data-key="executions">executions list</a>, but not in the editor.';

/** What n8n's editor says beside the trigger before it listens. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Pull in events from SMTP2GO',
	executionsHelp: {
		inactive: `${BUILDING}<br /><br /><b>Once you're happy with your workflow</b>, publish it. Then every event that you chose starts the workflow. ${EXECUTIONS}`,
		active: `${BUILDING}<br /><br /><b>Your workflow also starts by itself</b>, since it is published: at every event that you chose. ${EXECUTIONS}`,
	},
	activationHint: {
		inactive:
			"Once you've finished building your workflow, publish it to have it listen all the time. You don't see those executions here.",
		active: "This node also starts the workflow at every new event. You don't see those executions here.",
	},
};

/** What only this host has. */
const own: readonly Field[] = [
	{
		name: 'allowed_ips',
		label: 'Allowed IP Addresses',
		kind: 'textList',
		placeholder: 'e.g. 203.0.113.7, 198.51.100.0/24',
		help: 'Accept events only from these addresses or ranges, separated by commas. If empty, any address is accepted. SMTP2GO sends from webhooks.smtp2go.com, whose address may change. Behind a proxy, set N8N_PROXY_HOPS, or n8n sees the address of the proxy.',
	},
	{
		name: 'skip_repeated',
		label: 'Skip Repeated Events',
		kind: 'boolean',
		default: true,
		help: 'Whether to start the workflow only once for an event that SMTP2GO delivers more than once. This works within one n8n process until it restarts. With several webhook processors, or across restarts, add n8n\'s Remove Duplicates node on eventId after the trigger, as in the example "skip repeated events".',
	},
];

function formsOf(fields: readonly Field[]): INodeProperties[] {
	return fields.flatMap((field) => looks[field.kind](field).form);
}

function hookForms(...names: string[]): INodeProperties[] {
	const chosen: readonly Field[] = hookFields.filter(({ name }) => names.includes(name));
	return formsOf(chosen);
}

/**
 * The events of email. n8n's list of nodes offers each of them ("On bounce") only where the parameter that holds them
 * is
 * called Event, Events or Trigger On, and takes the first such parameter.
 */
function asTriggers(property: INodeProperties): INodeProperties {
	const options = (property.options ?? []).map((option) =>
		'value' in option ? { ...option, action: `On ${option.name.toLowerCase()}` } : option,
	);
	return { ...property, displayName: 'Events', default: FIRST_EVENTS, options };
}

const events = hookForms('events', 'sms_events').map((property) =>
	property.name === 'events' ? asTriggers(property) : property,
);
const options = [...hookForms('headers', 'usernames', 'subaccount_id'), ...formsOf([...filters, ...own])].sort(
	(one, other) => one.displayName.localeCompare(other.displayName),
);

/** One output, or one for each group of events; the order is that of the groups. */
export const outputs: ExpressionString = `={{ $parameter["outputMode"] === "kind" ? ${JSON.stringify(eventGroups.map(({ label }) => ({ type: 'main', displayName: label })))} : ["main"] }}`;

export const properties: INodeProperties[] = [
	{
		displayName:
			'Publishing (activating) the workflow adds a webhook to your SMTP2GO account, and unpublishing removes it. A free account has one webhook, a paid one ten.',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	{ displayName: TEST_EVENT, name: 'testNotice', type: 'notice', default: '' },
	...events,
	{
		displayName: 'Outputs',
		name: 'outputMode',
		type: 'options',
		default: 'single',
		description:
			'Where the events come out. After you change this, reconnect the outputs and unpin test data: connections of the single output move to the first of several.',
		options: [
			{ name: 'One Output', value: 'single', description: 'All events come out of one output' },
			{
				name: 'One Output per Kind of Event',
				value: 'kind',
				description: `A separate output for each of: ${eventGroups.map(({ label }) => label).join(', ')}. An output whose events are not chosen stays empty.`,
			},
		],
	},
	{ displayName: 'Options', name: OPTIONS, type: 'collection', placeholder: 'Add Option', default: {}, options },
];
