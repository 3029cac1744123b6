/** Text messages, sent and received. */
import { endDate, startDate, subaccountId, username } from '../common';
import type { Field, Resource } from '../types';

const receivedBy = {
	...username,
	help: 'Include only messages of this SMTP user or API key (its first 16 characters)',
} as const satisfies Field;

export const sms = {
	key: 'sms',
	label: 'SMS',
	help: 'Send text messages and list sent and received ones (paid plans)',
	operations: [
		{
			key: 'send',
			label: 'Send',
			action: 'Send SMS',
			help: 'Send a text message to up to 100 phone numbers',
			method: 'POST',
			path: '/sms/send',
			effect: 'sends',
			together: 'sms',
			fields: [
				{
					name: 'destination',
					label: 'To',
					kind: 'phoneNumbers',
					required: true,
					max: 100,
					help: 'Up to 100 phone numbers with country code, separated by commas',
					placeholder: 'e.g. +14155550123, +6421555012',
				},
				{
					name: 'content',
					label: 'Message',
					kind: 'longText',
					required: true,
					help:
						'The text of the message, charged for each phone number in units of up to 160 characters, ' +
						'or 70 with characters outside GSM-7',
					placeholder: 'e.g. Your order is on its way',
				},
				{
					name: 'sender',
					param: 'smsSender',
					label: 'From',
					kind: 'phoneNumber',
					help: 'One of your numbers to send from; if empty, your default number or a shared number',
					placeholder: 'e.g. +14155550100',
				},
			],
			result: { is: 'sentSms' },
			notice: 'Each message costs money: one unit per 160 characters (70 with Unicode) for each phone number.',
			sample: {
				statuses: { queued: 1 },
				total_sent: 1,
				messages: [
					{
						destination: '+12025550959',
						message_id: 'd6b0e06d-f031-4485-8e92-8141816b3a22',
						status: 'queued',
					},
				],
			},
		},
		{
			key: 'getReceived',
			label: 'Get Many Received',
			action: 'Get many received SMS',
			help: 'List received text messages, by default from the last 7 days',
			method: 'POST',
			path: '/sms/view-received',
			effect: 'reads',
			fields: [startDate, endDate, receivedBy, subaccountId],
			result: { is: 'list', at: 'messages', dates: ['timestamp'] },
			sample: {
				messages: [
					{
						source_address: '15185550120',
						destination_address: '15185550141',
						timestamp: '2022-09-30T02:02:41.000Z',
						content: 'Example content',
						message_id: '4c1d0952-1c91-48ab-9a72-5221281c0c95',
						username: 'api-12345678',
					},
				],
			},
		},
		{
			key: 'getSent',
			label: 'Get Many Sent',
			action: 'Get many sent SMS',
			help: 'List sent text messages, by default from the last 7 days',
			method: 'POST',
			path: '/sms/view-sent',
			effect: 'reads',
			fields: [startDate, endDate, username, subaccountId],
			result: {
				is: 'list',
				at: 'messages',
				dates: ['timestamp'],
				simple: [
					'id',
					'timestamp',
					'username',
					'sender',
					'destination_address',
					'destination_address_country',
					'status',
					'content',
					'units',
				],
			},
			sample: {
				messages: [
					{
						id: '11170632-25c9-4fbd-85b3-7491fa506d74',
						timestamp: '2025-06-08T19:05:25.830Z',
						username: 'username',
						sender: 'shared',
						sender_email: 'test@example.com',
						destination_address: '+123456789',
						destination_address_country: 'US',
						format: 'SMS',
						status: 'Message discarded',
						content: 'Example content',
						units: 1,
					},
				],
			},
		},
		{
			key: 'getSummary',
			label: 'Get Summary',
			action: 'Get SMS summary',
			help: 'Get the number, units, and cost of text messages, by default for today',
			method: 'POST',
			path: '/sms/summary',
			effect: 'reads',
			fields: [startDate, endDate, subaccountId],
			result: { is: 'record', numbers: ['total_messages', 'total_units', 'total_cost'] },
			sample: { total_messages: 123, total_units: 156, total_cost: 10.456 },
		},
	],
} as const satisfies Resource;
