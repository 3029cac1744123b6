import { callbackUrlError, invalid, Smtp2goError } from '../../../api';
import { BatchError, toNodeError } from '../../../node-red/runtime/platform/errors';

const trap = () => {
	throw new Error('trap');
};

it.each<[string, unknown]>([
	['an object without a prototype', Object.create(null)],
	['a text that throws', { toString: trap }],
	['a Proxy that throws at everything', new Proxy({}, { getPrototypeOf: trap, get: trap, ownKeys: trap })],
	['an error whose message throws', Object.defineProperty(new Error('x'), 'message', { get: trap })],
	['undefined', undefined],
	['a symbol', Symbol('s')],
])('whatever is thrown becomes an error with a code: %s', (_what, thrown) => {
	expect(toNodeError(thrown)).toMatchObject({ name: '', code: 'SMTP2GO_UNEXPECTED', message: expect.any(String) });
});

it('a Catch node reads the sentence without a name before it, which would say SMTP2GO twice', () => {
	expect(
		toNodeError(
			new Smtp2goError('unreachable', 'SMTP2GO could not be reached', { hint: 'Nothing was sent' }),
		).toString(),
	).toBe('SMTP2GO could not be reached. Nothing was sent');
	expect(toNodeError(new TypeError('x')).toString()).toBe('x');
});

it('each sentence is said once, also where the advice is a part of the message', () => {
	const flaw = callbackUrlError('http://192.168.1.5/x', false, 'Use a tunnel');
	expect(flaw && toNodeError(flaw).message).toBe(
		'SMTP2GO cannot reach 192.168.1.5, which is a private address. Use a tunnel',
	);
	const first = new Smtp2goError('rejected', 'No', { hint: 'Look it up.' });
	expect(toNodeError(new BatchError(first, '1 of 2 was not accepted. Look it up. Then go on', [])).message).toBe(
		'1 of 2 was not accepted. Look it up. Then go on',
	);
	expect(toNodeError(invalid('to', 'To is empty')).message).toBe('To is empty');
});

it('an unexpected error contains no key', () => {
	const key = `api-${'A1b2'.repeat(8)}`;
	for (const thrown of [new Error(`bad ${key} and ${key}`), `bad ${key}`, { toString: () => key }])
		expect(toNodeError(thrown).message).not.toContain('A1b2');
});

it('a Chinese or Japanese value in an English sentence does not change its stop', () => {
	const english = new Smtp2goError('invalid', 'To: "株式会社" is not an email address', { hint: 'Enter one' });
	expect(toNodeError(english).message).toBe('To: "株式会社" is not an email address. Enter one');
});

it('a Chinese or Japanese sentence keeps its own stop', () => {
	const chinese = new Smtp2goError('invalid', '未发送任何内容。', { hint: '请先部署账户' });
	expect(toNodeError(chinese).message).toBe('未发送任何内容。请先部署账户');
});
