/** The permissions that nodes need which carry out no operation of their own: triggers and questions. */
import { operationOf } from '../catalogue';

const ACTIVITY = operationOf('activity', 'search').path;
const SEND_EMAIL = operationOf('email', 'send').path;
const SEND_SMS = operationOf('sms', 'send').path;
const WEBHOOKS = (['getAll', 'create', 'update', 'delete'] as const).map((key) => operationOf('webhook', key).path);

/** The endpoints that receive text messages. */
export const receivedSmsPermissions: readonly string[] = [operationOf('sms', 'getReceived').path];

/** The endpoints that a source of events needs: `webhook`, `log`, or `both`. */
export function eventPermissions(source: unknown): readonly string[] {
	return [...(source === 'log' ? [] : WEBHOOKS), ...(source === 'log' || source === 'both' ? [ACTIVITY] : [])];
}

/** The endpoints that questions need, by their way: `email`, `sms`, `both`, or `smsReply`. */
export function questionPermissions(via: unknown): readonly string[] {
	if (via === 'smsReply') return [SEND_SMS, ...receivedSmsPermissions];
	return [...(via === 'sms' ? [] : [SEND_EMAIL]), ...(via === 'sms' || via === 'both' ? [SEND_SMS] : [])];
}
