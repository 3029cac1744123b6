// The events that the button "Test this webhook" sends.
import { createHash } from 'node:crypto';
import { eventPayload } from './email-event';
import { Refusal } from '../core/refusal';
import { isSmsEvent, smsEvent } from './sms-event';
import type { EmailEventName, Email, SimulatorEvent } from '../types';

const NAMES: EmailEventName[] = ['processed', 'delivered', 'open', 'click', 'bounce', 'spam', 'unsubscribe', 'reject'];

/** An email that was never sent. The subject is the one receivers recognise the live service's test by. */
const email: Email = {
	emailId: '1TEST0-Simulator00-TEST',
	username: 'exampleuser33905',
	via: '/email/send',
	sender: { name: '', address: 'exampleuser@example.org', text: 'exampleuser@example.org' },
	to: [],
	cc: [],
	bcc: [],
	subject: 'Mail test - please ignore',
	html: '<a href="https://example.com/report">Report</a>',
	text: '',
	headers: [{ header: 'Message-Id', value: '<mail.test.simulator@example.org>' }],
	attachments: [],
	inlines: [],
	receivedAt: '2019-07-03T22:46:33.000Z',
};

/**
 * A made-up event whose id is the same at every press of the button, as live (for email; it is not known what the
 * button sends for SMS).
 */
export function testEvent(name: string): SimulatorEvent {
	if (isSmsEvent(name)) return testSms(name);
	const event = NAMES.find((candidate) => candidate === name);
	if (!event) throw new Refusal(400, `There is no test for '${name}'`);
	const id = testId(event);
	const at = new Date(email.receivedAt);
	const recipients = event === 'processed' ? ['test@test.com', 'test2@test2.com'] : ['client@example.com'];
	const payload = { ...eventPayload(email, event, recipients, {}, at), id };
	return { id, channel: 'email', event, username: email.username, time: email.receivedAt, payload };
}

function testSms(name: string): SimulatorEvent {
	const event = smsEvent(name, {
		username: email.username,
		messageId: '00000000-0000-4000-8000-000000000000',
		message: email.subject,
		submittedAt: email.receivedAt,
	});
	const id = testId(name);
	return { ...event, id, payload: { ...event.payload, id } };
}

function testId(event: string): string {
	return createHash('md5').update(`test ${event}`).digest('hex');
}
