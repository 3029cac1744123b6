/** The triggers of an account, each with a button that sends it a sample event. */
import type { SampleSent, TriggerView } from '../../shared/side-bar';
import { ask } from '../dialog/ask';
import { eventText } from '../dialog/messages';
import { say, toneIcon } from './parts';
import { kindWords, sampleLabel } from './words';

/** The name of a node as the editor shows it. A node of a deploy that the editor has not loaded has its saved name. */
export function nameIn(editorId: string, otherwise: string): string {
	const node = RED.nodes.node(editorId);
	return node ? RED.utils.getNodeLabel(node, otherwise || editorId) : otherwise || editorId;
}

/** One trigger: its name, the events that it asks for, and the button. */
function triggerRow(account: string, { id, editorId, name, kinds }: TriggerView): JQuery {
	const trigger = nameIn(editorId, name);
	const choice = $('<select>')
		.attr('aria-label', say('samples.event', { trigger }))
		.append(
			kinds.map((kind) =>
				$('<option>')
					.val(kind)
					.text(sampleLabel(say, eventText, kind)),
			),
		);
	const button = $('<button type="button" class="red-ui-button red-ui-button-small">')
		.attr('aria-label', say('samples.sendTo', { trigger }))
		.text(say('samples.send'));
	const result = $('<div class="smtp2go-what" role="status">');
	button.on('click', () => {
		button.prop('disabled', true);
		void ask<SampleSent>('sample-event', { account, trigger: id, kind: String(choice.val()) }).then((answer) => {
			button.prop('disabled', false);
			// A disabled button loses the focus. It is elsewhere if the user went on.
			if (document.activeElement === document.body) button.trigger('focus');
			const text = answer.ok
				? [
						say('samples.sent', { event: kindWords(say, answer.value.kind) }),
						...(answer.value.passes ? [] : [say('samples.filtered')]),
					].join(' ')
				: answer.message;
			result.empty().append(toneIcon(answer.ok ? 'good' : 'bad'), ' ', $('<span>').text(text));
		});
	});
	return $('<li>').append(
		$('<div>').text(trigger),
		$('<div class="smtp2go-sidebar-row">').append(choice, button),
		result,
	);
}

/** Shows the triggers of an account. */
export function showTriggers(place: JQuery, account: string, triggers: readonly TriggerView[]): void {
	place.empty();
	if (triggers.length === 0) return void place.text(say('samples.none'));
	place.append(
		$('<div class="smtp2go-what">').text(say('samples.help')),
		$('<ul>').append(triggers.map((trigger) => triggerRow(account, trigger))),
	);
}
