/** Validates the form of the trigger before anything is sent. */
import { invalid, unreadableSource, type Smtp2goError } from '../../../api';
import { unknownEvents, type TriggerForm } from './trigger-form';

/** The first problem of the form; undefined if it has none. */
export function formProblem(form: TriggerForm): Smtp2goError | undefined {
	const [unknown] = unknownEvents(form);
	if (unknown !== undefined)
		return invalid('events', `"${unknown}" is not an SMTP2GO event. Select an event from the list`);
	if (!['', 'hard', 'soft'].includes(form.bounceType))
		return invalid('bounce_type', `Bounce Type: "${form.bounceType}" is not valid. Use "hard" or "soft"`);
	const blank = form.filter.filter_headers.find(({ value }) => value === '');
	if (blank)
		return invalid(
			'filter_headers',
			`Header Values: "${blank.header}" has no value, so no event would match. ` +
				'Enter a value or remove the header',
		);
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
