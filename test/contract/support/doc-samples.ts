/** What the pages show of events and results, made by the code that makes them. */
/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets */
import {
	answerData,
	buildRequest,
	checkRecipients,
	checkSetup,
	OutcomeWatch,
	preview,
	readAnswer,
	readDelivery,
	readHealth,
	readHealthState,
	readHealthWatch,
	readReceivedSms,
	readTemplate,
	run,
	showRequest,
	startCursor,
	success,
	type Result,
} from '../../../api';
import { readLogEntry } from '../../../api/feed/log-entry';
import { runWaitForDelivery } from '../../../api/outcome/run';
import { approval, jane } from '../../api/approval/support/questions';
import { data, FakeHost } from '../../api/support/fake-host';
import { FakeLog, MINUTE, SECOND } from '../../api/support/fake-log';
import { verifiedDomain } from '../../api/support/sender-domain';
import { passing, useVirtualTime } from '../../api/support/virtual-time';
import { operationNamed } from './plain-host';

/** When everything on the pages happens. */
const TIME = Date.parse('2026-11-28T09:00:00Z');
const EMAIL_ID = '1xXEHo-FnQW0hPru7M-NRRC';
const REASON = '550 5.1.1 User unknown';

function valueOf<T>(result: Result<T>): T {
	if (!result.ok) throw result.error;
	return result.value;
}

/** A host of today whose responses have this data, by path. */
function hostOf(answers: Record<string, unknown>): FakeHost {
	const host = new FakeHost(({ url }) => data(answers[url.replace('https://api.smtp2go.com/v3', '')] ?? {}));
	host.wall = TIME;
	return host;
}

function webhookEvent(): unknown {
	const delivery = {
		event: 'bounce',
		bounce: 'hard',
		id: 'e18adc0cd7e1c75bd2a791697d135c8c',
		time: '2026-11-28T09:00:07Z',
		rcpt: 'jane@example.com',
		recipients: ['jane@example.com'],
		email_id: EMAIL_ID,
		'message-id': '<E1xXEHo@message-id.smtpcorp.com>',
		subject: 'Your receipt',
		from: 'Shop <shop@example.com>',
		message: REASON,
		'X-Order-ID': '4711',
	};
	return readDelivery(delivery, ['X-Order-ID'])?.event;
}

function logEvent(): unknown {
	const entry = {
		date: '2026-11-28T09:00:07Z',
		event: 'hard-bounced',
		email_id: EMAIL_ID,
		recipient: 'jane@example.com',
		subject: 'Your receipt',
		from: 'Shop <shop@example.com>',
		smtp_response: REASON,
		custom_headers: { 'X-Order-ID': '4711' },
	};
	return { ...readLogEntry(entry, ['X-Order-ID']).delivery.event, caughtUp: true };
}

async function sentEmail(): Promise<unknown> {
	const host = hostOf({ '/email/send': { succeeded: 1, failed: 0, failures: [], email_id: EMAIL_ID } });
	const email = {
		sender: 'Shop <shop@example.com>',
		to: 'Jane <jane@example.com>',
		subject: 'Your receipt',
		text_body: 'Thank you',
	};
	return valueOf(await run(host.connection, operationNamed('email.send'), email)).result;
}

async function dryRun(): Promise<unknown> {
	const template = readTemplate({
		id: 'order-receipt',
		subject: 'Your order {{order_id}}',
		html_body: '<h1>Thank you, {{name}}</h1>',
		text_body: 'Thank you, {{name}}',
	});
	const email = {
		sender: 'shop@example.com',
		to: 'jane@example.com',
		template_id: 'order-receipt',
		template_data: { name: 'Jane' },
	};
	const request = valueOf(buildRequest(operationNamed('email.send'), email, TIME));
	const shown = await showRequest(request, async () => success(template));
	const { headers, ...rest } = preview('https://api.smtp2go.com/v3', request);
	// The version would change with each release.
	return { dryRun: true, ...rest, headers: { ...(headers as object), 'X-Smtp2go-Api-Version': '…' }, ...shown };
}

function answer(): unknown {
	const read = readAnswer(approval, { answer: 'decline', comment: 'The amount does not match our order.' });
	if (!read.ok) throw new Error(read.fault);
	return answerData(read.value, jane, Date.parse('2026-11-28T09:30:00Z'));
}

async function verdict(): Promise<unknown> {
	const row = { email_address: 'joe@example.com', reason: 'bounce', timestamp: '2026-11-14 07:54:45' };
	const host = hostOf({
		'/suppression/view': { results: [row], total_results: 1, continue_token: null },
		'/allowed_recipients/view': { allowed_recipients: [], enabled: false },
	});
	return valueOf(await checkRecipients(host.connection, ['joe@example.com'])).verdicts[0];
}

/** The report about a domain whose DKIM record is missing: the lines that are fine and most of the text are cut. */
async function setup(): Promise<unknown> {
	const domain = verifiedDomain('example.com', { dkim_verified: false, dkim_status: 'Lookup returned no results' });
	const host = hostOf({
		'/api_keys/permissions': ['*'],
		'/api_keys/view': [
			{ username: 'api-0123456789AB', description: 'Shop', status: 'allowed', sending_status: 'allowed' },
		],
		'/domain/view': { domains: [{ domain, trackers: [] }] },
		'/single_sender_emails/view': { senders: [] },
		'/allowed_senders/view': { allowed_senders: [], mode: 'disabled' },
		'/allowed_recipients/view': { allowed_recipients: [], enabled: false },
		'/stats/email_cycle': { cycle_used: 100, cycle_remaining: 9_900, cycle_max: 10_000 },
		'/ip_allow_list/view': { enabled: false, ip_addresses: [] },
		'/webhook/view': [],
	});
	const connection = { ...host.connection, keyName: 'api-0123456789AB' };
	const report = valueOf(await checkSetup(connection, { sender: 'shop@example.com' }));
	const [firstLine = ''] = report.text.split('\n');
	return {
		...report,
		checks: report.checks.filter(({ status }) => status === 'problem'),
		text: `${firstLine}\n…`,
	};
}

async function outcomeInN8n(): Promise<unknown> {
	const at = TIME + 7 * SECOND;
	const entry = {
		email_id: EMAIL_ID,
		event: 'hard-bounced',
		recipient: 'jane@example.com',
		recipients: ['jane@example.com'],
		smtp_response: REASON,
	};
	const log = new FakeLog([{ at, shownAt: at + MINUTE, entry }]);
	useVirtualTime(log.host, TIME + 5 * SECOND);
	try {
		const [record] = await passing(runWaitForDelivery(log.host.connection, [{ email_id: EMAIL_ID }]));
		return record && valueOf(record)[0];
	} finally {
		jest.useRealTimers();
	}
}

function outcomeInNodeRed(): unknown {
	const watch = new OutcomeWatch();
	const key = valueOf(watch.add({ emailId: EMAIL_ID, recipients: ['jane@example.com'] }));
	watch.feed(webhookEvent() as Parameters<typeof watch.feed>[0]);
	return watch.outcomeOf(key);
}

async function receivedSms(): Promise<unknown> {
	const received = {
		message_id: '9f1c2d',
		timestamp: '2026-11-28T08:59:00Z',
		source_address: '15185550120',
		destination_address: '15185550141',
		content: 'Yes please',
		username: 'api-0123456789AB',
	};
	const sent = {
		message_id: '7b3e4a',
		timestamp: '2026-11-28T08:50:00Z',
		destination_address: '15185550120',
		content: 'May we call you tomorrow?',
	};
	const host = hostOf({ '/sms/view-received': { messages: [received] }, '/sms/view-sent': { messages: [sent] } });
	const read = await readReceivedSms(host.connection, startCursor(TIME, 1), { matchReplies: true });
	return valueOf(read).messages[0];
}

async function healthReport(): Promise<unknown> {
	const cycle = {
		cycle_start: '2026-11-01 00:00:00+00:00',
		cycle_end: '2026-11-30 00:00:00+00:00',
		cycle_used: 8_500,
		cycle_remaining: 1_500,
		cycle_max: 10_000,
	};
	const host = hostOf({ '/stats/email_cycle': cycle });
	const watch = readHealthWatch({ checks: ['quotaUsed'], quota_used: 80 });
	return valueOf(await readHealth(host.connection, watch, readHealthState(undefined, 'a'))).reports[0];
}

/** Each sample by its name, which is in the comment before a block. */
export const samples: Readonly<Record<string, () => unknown>> = {
	'event of the webhook': webhookEvent,
	'event of the log': logEvent,
	'sent email': sentEmail,
	'dry run': dryRun,
	answer,
	verdict,
	setup,
	'outcome in n8n': outcomeInN8n,
	'outcome in Node-RED': outcomeInNodeRed,
	'received text message': receivedSms,
	'health report': healthReport,
};
