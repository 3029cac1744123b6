/** The dialog of the trigger: its events, its filter, and its outputs. */
import { emailEvents, smsEvents } from '../../../api/catalogue/reporting/events';
import { FIRST_SOURCE, sourceOf, sources } from '../../shared/saved-trigger';
import { outputsOf, type Output } from '../../shared/trigger-outputs';
import { readFilters, showFilters } from './filter-rows';
import type { TriggerNode } from '../dialog/dialog-node';
import { presetAccount } from '../account/preset-account';
import { hasPublicUrl } from '../account/public-url';
import { common, eventText } from '../dialog/messages';
import { watchPermissions } from '../dialog/missing-permissions';
import { addChecks, checkedIn } from '../fields/plain-rows';

type Channel = 'events' | 'smsEvents';

const known: Readonly<Record<Channel, readonly { readonly value: string }[]>> = { events: emailEvents, smsEvents };

function listOf(channel: Channel): JQuery {
	return $(`#dialog-form .smtp2go-${channel}`);
}

function fill(node: TriggerNode, channel: Channel): void {
	const choices = known[channel].map(({ value }) => ({
		value,
		label: eventText(`${channel}.${value}.label`),
		help: eventText(`${channel}.${value}.help`),
	}));
	addChecks(listOf(channel).empty(), `smtp2go-${channel}`, choices, node[channel] ?? []);
	$(`#dialog-form .smtp2go-all-${channel}`).on('click', (event) => {
		event.preventDefault();
		const all = listOf(channel).find('input[type="checkbox"]');
		all.prop('checked', all.not(':checked').length > 0);
	});
}

/**
 * Sets a value if it differs. A node of an earlier version, without the value, does not count as changed by
 * opening it.
 */
function assign<K extends 'source' | 'outputMode' | 'skipRepeated' | 'filters'>(
	node: TriggerNode,
	key: K,
	value: NonNullable<TriggerNode[K]>,
	preset: NonNullable<TriggerNode[K]>,
): void {
	if (JSON.stringify(node[key] ?? preset) !== JSON.stringify(value)) node[key] = value;
}

/** Tells Node-RED which wires move where: outputs by their old index, and new outputs. */
function moved(before: readonly Output[], after: readonly Output[]): string {
	if (before.join() === after.join()) return '';
	// The wires of the single output move to the first output, and the other way round.
	if (before.length === 1 && after.length === 1) return '';
	const isOne = before[0] === 'all' || after[0] === 'all';
	const target = (output: Output, index: number) => (isOne ? (index === 0 ? 0 : -1) : after.indexOf(output));
	const kept = before.map((output, index) => [String(index), target(output, index)] as const);
	const fresh = after
		.map((output, index) => [`new ${output}`, index] as const)
		.filter(([, index]) => !kept.some(([, to]) => to === index));
	return JSON.stringify(Object.fromEntries([...kept, ...fresh]));
}

/** The label of an output. */
export function outputLabel(node: TriggerNode, index: number): string {
	const output = outputsOf(node)[index] ?? 'all';
	if (output === 'all' || output === 'other') return common(`triggerOutputs.${output}`);
	const event = eventText(`${output}.label`);
	return output.startsWith('smsEvents.') ? common('triggerOutputs.sms', { event }) : event;
}

/** Says what the chosen source means. */
function showSource(node: TriggerNode): void {
	const chosen = String($('#smtp2go-source').val());
	const found = sourceOf(chosen, hasPublicUrl($('#node-input-account').val())) === 'log' ? 'autoLog' : 'autoWebhook';
	$('.smtp2go-source-help').text(node._(`trigger.sourceHelp.${chosen === 'auto' ? found : chosen}`));
}

export function open(node: TriggerNode): void {
	presetAccount();
	const source = sources.find((one) => one === node.source) ?? FIRST_SOURCE;
	$('#smtp2go-source').val(source);
	$('#smtp2go-source, #node-input-account').on('change', () => showSource(node));
	showSource(node);
	fill(node, 'events');
	fill(node, 'smsEvents');
	showFilters($('#dialog-form .smtp2go-filters'), node.filters);
	$('#smtp2go-outputMode').val(node.outputMode ?? 'single');
	$('#smtp2go-skipRepeated').prop('checked', node.skipRepeated ?? true);
	$('#node-input-outputs').val('');
	watchPermissions(() => ({
		node: 'trigger',
		source: sourceOf(String($('#smtp2go-source').val()), hasPublicUrl($('#node-input-account').val())),
	}));
}

export function save(node: TriggerNode): void {
	const before = outputsOf(node);
	node.events = checkedIn(listOf('events'));
	node.smsEvents = checkedIn(listOf('smsEvents'));
	assign(node, 'source', String($('#smtp2go-source').val()), FIRST_SOURCE);
	assign(node, 'outputMode', String($('#smtp2go-outputMode').val()), 'single');
	assign(node, 'skipRepeated', $('#smtp2go-skipRepeated').prop('checked') === true, true);
	assign(node, 'filters', readFilters(), {});
	$('#node-input-outputs').val(moved(before, outputsOf(node)));
}
