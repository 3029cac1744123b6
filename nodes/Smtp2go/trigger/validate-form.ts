/** Validates the form of the trigger before anything is sent. */
import { invalid, unreadableSource, type Smtp2goError } from '../../../api';
import { selectionProblem } from '../parameters/event-form';
import type { TriggerForm } from './trigger-form';

/** The first problem of the form; undefined if it has none. */
export function formProblem(form: TriggerForm): Smtp2goError | undefined {
	const problem = selectionProblem(form);
	if (problem) return problem;
	if (form.allowedIps?.length === 0)
		return invalid('allowed_ips', 'Allowed IP Addresses is empty. Enter an address or remove the option');
	const source = unreadableSource(form.allowedIps ?? []);
	if (source !== undefined)
		return invalid(
			'allowed_ips',
			`Allowed IP Addresses: "${source}" is not valid. Enter an address or a range such as 203.0.113.0/24`,
		);
	return form.events.length + form.smsEvents.length === 0
		? invalid('events', 'Select at least one event')
		: undefined;
}
