/** The one error of the project: its code, what it says beside its sentence, and that no key is in it. */
import { Smtp2goError, withoutKeys } from '../../../api';
import { invalid } from '../../../api/core/errors';

const KEY = `api-${'A1'.repeat(16)}`;

test.each([
	['invalid', 'SMTP2GO_INVALID'],
	['rateLimit', 'SMTP2GO_RATE_LIMIT'],
	['outcomeUnknown', 'SMTP2GO_OUTCOME_UNKNOWN'],
] as const)('the code of %s is %s', (type, code) => {
	const error = new Smtp2goError(type, 'No');
	expect([error.code, error.name, error.details]).toEqual([code, 'Smtp2goError', {}]);
});

test.each<[string, ConstructorParameters<typeof Smtp2goError>, string]>([
	['nothing', ['refused', 'No'], ''],
	['a hint', ['refused', 'No', { hint: 'Try' }], 'Try'],
	['a hint that the sentence holds', ['refused', 'No. Try it', { hint: 'Try it.' }], ''],
	['a hint with two points that the sentence holds', ['refused', 'No. See a.b', { hint: 'See a.b.' }], ''],
	['a hint with a point in its middle', ['refused', 'See a.b', { hint: 'See ab' }], 'See ab'],
	['a permission', ['permission', 'No', { endpoint: '/webhook/view' }], 'Missing permission: /webhook/view'],
	['a permission that the sentence names', ['permission', 'No /webhook/view', { endpoint: '/webhook/view' }], ''],
	['a permission of no endpoint', ['permission', 'No'], ''],
	['an endpoint of another error', ['refused', 'No', { endpoint: '/webhook/view' }], ''],
	['a status', ['refused', 'No', { httpStatus: 400 }], 'HTTP status: 400'],
	['a status that says yes', ['refused', 'No', { httpStatus: 200 }], ''],
	[
		'all of it, in this order',
		[
			'permission',
			'No',
			{ requestId: 'r1', errorCode: 'E1', httpStatus: 400, endpoint: '/email/send', hint: 'Try' },
		],
		'Try. Missing permission: /email/send. HTTP status: 400. Error code: E1. Request ID: r1',
	],
])('the explanation tells of %s', (_what, [type, message, details], explanation) => {
	expect(new Smtp2goError(type, message, details).explanation).toBe(explanation);
});

test('every key is masked: two in a text, in lists and objects, and what is not text stays unchanged', () => {
	expect(withoutKeys(`${KEY} and ${KEY}`)).toBe('api-… and api-…');
	const { message, details } = new Smtp2goError('refused', `${KEY}, ${KEY}`, {
		hint: KEY,
		httpStatus: 400,
		fieldErrors: [{ field: 'x', message: KEY }],
		failures: [KEY],
		subject: null as never,
	});
	expect(JSON.stringify([message, details])).not.toContain(KEY);
	expect(details).toEqual({
		hint: 'api-…',
		httpStatus: 400,
		fieldErrors: [{ field: 'x', message: 'api-…' }],
		failures: ['api-…'],
		subject: null,
	});
});

test('an error of a field names it', () => {
	expect(invalid('to', 'is bad')).toMatchObject({
		code: 'SMTP2GO_INVALID',
		message: 'is bad',
		details: { fieldErrors: [{ field: 'to', message: 'is bad' }] },
	});
});
