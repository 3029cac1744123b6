/**
 * The parameters and outputs of the trigger, made from the catalogue's record of a webhook and the shared event
 * filters. The build replaces this file with the finished values.
 */
import type { ExpressionString, INodeProperties, TriggerPanelDefinition } from 'n8n-workflow';
import { eventGroups, filterFields, hookFields, type Field } from '../../../api';
import { OPTIONS } from '../parameters/names';
import { fieldParameters } from './kind-parameters';
import { eventParameter } from './trigger-events';

/** SMTP2GO itself filters by user, with the "usernames" of each trigger's own webhook. */
const filters: readonly Field[] = filterFields.filter(({ name }) => name !== 'filter_users');

/** How to get a test event. While it listens, n8n itself says only "Go to SMTP2GO and create an event". */
const TEST_EVENT =
	"To receive a test event, execute this step. Then open the new webhook on SMTP2GO's page Settings &gt; " +
	'Webhooks and click "Test this webhook", or send an email from your SMTP2GO account.';

const BUILDING = [
	"<b>While building your workflow</b>, click the 'execute step' button. n8n adds a temporary webhook to your SMTP2GO account and listens for two minutes. Then trigger an event:",
	"<b>Any event:</b> Open the new webhook on SMTP2GO's page Settings &gt; Webhooks and click <b>Test this webhook</b>.",
	'<b>Delivered:</b> Send yourself an email from your SMTP2GO account.',
	'<b>Bounce:</b> Send an email to an address that does not exist at a domain of your own. SMTP2GO then suppresses that address.',
].join('<br /><br />');
const EXECUTIONS =
	'These executions will show up in the <a data-key="executions">executions list</a>, but not in the editor.';

/** What n8n's editor shows beside the trigger before it listens, in the words of n8n's own triggers. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Pull in events from SMTP2GO',
	executionsHelp: {
		inactive: `${BUILDING}<br /><br /><b>Once you're happy with your workflow</b>, publish it. Then every time SMTP2GO reports a selected event, the workflow will execute. ${EXECUTIONS}`,
		active: `${BUILDING}<br /><br /><b>Your workflow will also execute automatically</b>, since it's published. Every time SMTP2GO reports a selected event, this node will trigger an execution. ${EXECUTIONS}`,
	},
	activationHint: {
		inactive:
			"Once you've finished building your workflow, publish it to have it also listen continuously (you " +
			"just won't see those executions here).",
		active:
			"This node will also trigger automatically on new SMTP2GO events (but those executions won't show up " +
			'here).',
	},
};

/** What only the n8n trigger has. */
const ownFields: readonly Field[] = [
	{
		name: 'allowed_ips',
		label: 'Allowed IP Addresses',
		kind: 'textList',
		placeholder: 'e.g. 203.0.113.7, 198.51.100.0/24',
		help:
			'Accepts events only from these addresses or ranges, separated by commas. ' +
			'SMTP2GO sends from webhooks.smtp2go.com, whose address can change. ' +
			'If n8n runs behind a proxy, set N8N_PROXY_HOPS, or n8n sees the address of the proxy.',
	},
	{
		name: 'catch_up',
		label: 'Catch Up',
		kind: 'boolean',
		default: true,
		help: 'Whether to start the workflow for email events that happened while the trigger had no webhook, such as when you publish an edited workflow. They come from the activity log after about 10 minutes, with caughtUp set to true. Even if you do not add this option, it is on. The API key needs the permission /activity/search.',
	},
	{
		name: 'skip_repeated',
		label: 'Skip Duplicate Events',
		kind: 'boolean',
		default: true,
		help:
			'Whether to start the workflow only once if SMTP2GO delivers an event several times. ' +
			'This works within one n8n process, until it restarts. ' +
			'With several webhook processors, add a Remove Duplicates node on eventId after the trigger.',
	},
];

function parametersOf(fields: readonly Field[]): INodeProperties[] {
	return fields.flatMap((field) => fieldParameters(field).form);
}

function hookParameters(...names: string[]): INodeProperties[] {
	const chosen: readonly Field[] = hookFields.filter(({ name }) => names.includes(name));
	return parametersOf(chosen);
}

const options = [
	...hookParameters('headers', 'usernames', 'subaccount_id'),
	...parametersOf([...filters, ...ownFields]),
].sort((one, other) => one.displayName.localeCompare(other.displayName));

/** One output, or one per group of events in the order of the groups. */
export const outputs: ExpressionString = `={{ $parameter["outputMode"] === "kind" ? ${JSON.stringify(eventGroups.map(({ label }) => ({ type: 'main', displayName: label })))} : ["main"] }}`;

export const properties: INodeProperties[] = [
	{
		displayName:
			'When you publish (activate) the workflow, n8n adds a webhook to your SMTP2GO account. ' +
			'When you unpublish it, n8n removes the webhook. ' +
			'A free account can have one webhook, a paid account ten.',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	{ displayName: TEST_EVENT, name: 'testNotice', type: 'notice', default: '' },
	eventParameter,
	...hookParameters('sms_events'),
	{
		displayName: 'Outputs',
		name: 'outputMode',
		type: 'options',
		default: 'single',
		description:
			'How many outputs the node has. After you change this, reconnect the outputs and unpin test data: ' +
			'existing connections move to the first output.',
		options: [
			{ name: 'One Output', value: 'single', description: 'Return all events on one output' },
			{
				name: 'One Output per Event Group',
				value: 'kind',
				description: `Return events on separate outputs, one per group: ${eventGroups.map(({ label }) => label).join(', ')}. The output of a group without a selected event stays empty.`,
			},
		],
	},
	// How often the webhook is checked and how late the log may be, for tests.
	{ displayName: 'Upkeep', name: 'upkeep', type: 'hidden', default: '' },
	{ displayName: 'Options', name: OPTIONS, type: 'collection', placeholder: 'Add Option', default: {}, options },
];
