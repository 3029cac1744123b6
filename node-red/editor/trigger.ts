/** The dialog of the trigger: two lists of events to tick. */
import { emailEvents, smsEvents } from '../../api/webhook/events';
import type { TriggerNode } from './node';
import { eventText } from './texts';

type Channel = 'events' | 'smsEvents';

const known: Readonly<Record<Channel, readonly { readonly value: string }[]>> = { events: emailEvents, smsEvents };

function boxes(channel: Channel): JQuery {
	return $(`#dialog-form .smtp2go-${channel} input[type="checkbox"]`);
}

function fill(node: TriggerNode, channel: Channel): void {
	const list = $(`#dialog-form .smtp2go-${channel}`).empty();
	for (const { value } of known[channel]) {
		const id = `smtp2go-${channel}-${value}`;
		const help = eventText(`${channel}.${value}.help`);
		const label = $('<label>').attr('for', id).append($('<input type="checkbox">').attr({ id, value }).prop('checked', node[channel].includes(value)));
		label.append($('<span>').text(eventText(`${channel}.${value}.label`)), $('<span class="smtp2go-what">').text(help)).appendTo(list);
	}
	$(`#dialog-form .smtp2go-all-${channel}`).on('click', (event) => {
		event.preventDefault();
		const all = boxes(channel);
		all.prop('checked', all.not(':checked').length > 0);
	});
}

function ticked(channel: Channel): string[] {
	return boxes(channel).filter(':checked').toArray().map((box) => String($(box).val()));
}

export function open(node: TriggerNode): void {
	fill(node, 'events');
	fill(node, 'smsEvents');
}

export function save(node: TriggerNode): void {
	node.events = ticked('events');
	node.smsEvents = ticked('smsEvents');
}
