import { endDate, startDate, subaccountId, username } from './common';
import type { Resource } from './types';

export const sms = {
	key: 'sms',
	label: 'SMS',
	help: 'Text messages: sending, and what was sent and received (paid plans)',
	operations: [
		{
			key: 'send', label: 'Send', action: 'Send SMS', help: 'Send a text message to up to 100 numbers',
			method: 'POST', path: '/sms/send', effect: 'sends', together: 'texts',
			fields: [
				{ name: 'destination', label: 'To', kind: 'phoneNumbers', required: true, max: 100, help: 'Numbers with country code, separated by commas, at most 100', placeholder: 'e.g. +14155550123, +6421555012' },
				{ name: 'content', label: 'Message', kind: 'longText', required: true, help: 'The text; each 160 characters are charged as one unit', placeholder: 'e.g. Your order is on its way' },
				{ name: 'sender', param: 'smsSender', label: 'From', kind: 'phoneNumber', help: 'Own number to send from; empty means the default one, and a shared one across countries', placeholder: 'e.g. +14155550100' },
			],
			result: { is: 'texted' },
			notice: 'Each message costs money: one unit for each 160 characters and number.',
			sample: { statuses: { queued: 1 }, total_sent: 1, messages: [{ destination: '+12025550959', message_id: 'd6b0e06d-f031-4485-8e92-8141816b3a22', status: 'queued' }] },
		},
		{
			key: 'getReceived', label: 'Get Many Received', action: 'Get many received SMS', help: 'List text messages that came in, by default of the last 7 days',
			method: 'POST', path: '/sms/view-received', effect: 'reads',
			fields: [startDate, endDate, username, subaccountId],
			result: { is: 'list', at: 'messages', dates: ['timestamp'] },
			sample: {
				messages: [{
					source_address: '15185550120', destination_address: '15185550141', timestamp: '2022-09-30T02:02:41.000Z', content: 'Example content',
					message_id: '4c1d0952-1c91-48ab-9a72-5221281c0c95', username: 'api-12345678',
				}],
			},
		},
		{
			key: 'getSent', label: 'Get Many Sent', action: 'Get many sent SMS', help: 'List text messages that went out, by default of the last 7 days',
			method: 'POST', path: '/sms/view-sent', effect: 'reads',
			fields: [startDate, endDate, username, subaccountId],
			result: { is: 'list', at: 'messages', dates: ['timestamp'], simple: ['id', 'timestamp', 'username', 'sender', 'destination_address', 'destination_address_country', 'status', 'content', 'units'] },
			sample: {
				messages: [{
					id: '11170632-25c9-4fbd-85b3-7491fa506d74', timestamp: '2025-06-08T19:05:25.830Z', username: 'username', sender: 'shared', sender_email: 'test@example.com',
					destination_address: '+123456789', destination_address_country: 'US', format: 'SMS', status: 'Message discarded', content: 'Example content', units: 1,
				}],
			},
		},
		{
			key: 'getSummary', label: 'Get Summary', action: 'Get SMS summary', help: 'Count text messages, units and cost, by default of today',
			method: 'POST', path: '/sms/summary', effect: 'reads',
			fields: [startDate, endDate, subaccountId],
			result: { is: 'record', numbers: ['total_messages', 'total_units', 'total_cost'] },
			sample: { total_messages: 123, total_units: 156, total_cost: 10.456 },
		},
	],
} as const satisfies Resource;
