/**
 * Whether a request that failed may have arrived: everything depends on it, since only what provably did not is
 * retried.
 */
import { bodyWithKey, outcomeOfFault } from '../../../api';

const fault = (code: unknown, more: object = {}) => Object.assign(new Error(`fault ${String(code)}`), { code }, more);

test.each([
	...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'UND_ERR_CONNECT_TIMEOUT', 'ERR_INVALID_URL'],
	...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'],
	...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'ERR_TLS_CERT_ALTNAME_INVALID'],
])('%s says that it never arrived', (code) => {
	expect(outcomeOfFault(fault(code))).toEqual({ answered: false, arrived: 'no', code, message: `fault ${code}` });
});

test.each(['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'ETIMEDOUT'])(
	'%s says so only of a connection that was being made',
	(code) => {
		expect(outcomeOfFault(fault(code, { syscall: 'connect' })).arrived).toBe('no');
		expect(outcomeOfFault(fault(code, { syscall: 'write' })).arrived).toBe('unknown');
		expect(outcomeOfFault(fault(code)).arrived).toBe('unknown');
	},
);

test.each([
	['ECONNRESET', fault('ECONNRESET', { syscall: 'connect' }), 'ECONNRESET', 'fault ECONNRESET'],
	['a code that is no text', fault(7), 'UNKNOWN', 'fault 7'],
	['a text', 'no way', 'UNKNOWN', 'no way'],
	['nothing', null, 'UNKNOWN', 'null'],
	['less than nothing', undefined, 'UNKNOWN', 'undefined'],
	['an object without words', { code: 'EX' }, 'EX', '[object Object]'],
	['an object whose words are none', { code: 'EX', message: 7 }, 'EX', '[object Object]'],
])('%s leaves it open', (_what, thrown, code, message) => {
	expect(outcomeOfFault(thrown)).toEqual({ answered: false, arrived: 'unknown', code, message });
});

describe('of a chain of causes', () => {
	const deep = (depth: number): Error =>
		depth === 0 ? fault('ECONNREFUSED') : fault(`E${depth}`, { cause: deep(depth - 1) });

	test.each<[string, unknown, string]>([
		['the deepest code counts', fault('EOUTER', { cause: fault('ECONNREFUSED') }), 'ECONNREFUSED'],
		['one without a code does not hide the one before', fault('EOUTER', { cause: new Error('x') }), 'EOUTER'],
		['one without any code leads on', Object.assign(new Error('x'), { cause: fault('EX') }), 'EX'],
		[
			'and so do two',
			Object.assign(new Error('x'), { cause: Object.assign(new Error('y'), { cause: fault('EX') }) }),
			'EX',
		],
		[
			'the first of several counts',
			fault('EALL', { errors: [fault('ECONNREFUSED'), fault('EX')] }),
			'ECONNREFUSED',
		],
		['an empty list leads to the cause', fault('EALL', { errors: [], cause: fault('EX') }), 'EX'],
		['a cause that is none ends it', fault('EX', { cause: null }), 'EX'],
		['a cause that is a text ends it', fault('EX', { cause: 'ECONNREFUSED' }), 'EX'],
		['five steps are looked at', deep(5), 'ECONNREFUSED'],
		['and no more', deep(6), 'E1'],
	])('%s', (_what, thrown, code) => {
		expect(outcomeOfFault(thrown).code).toBe(code);
	});
});

describe('the key', () => {
	const request = { method: 'POST' as const, url: 'x', headers: {}, timeoutMs: 1 };
	const bytes = new TextEncoder().encode('{"a":"\u00e4"}');

	test('goes into the body only where it is wanted there', () => {
		expect(bodyWithKey({ ...request, body: '{"a":1}', keyInBody: true }, 'api-x')).toBe(
			'{"api_key":"api-x","a":1}',
		);
		expect(bodyWithKey({ ...request, body: bytes, keyInBody: true }, 'api-x')).toBe(
			'{"api_key":"api-x","a":"\u00e4"}',
		);
		expect(bodyWithKey({ ...request, body: '{"a":1}' }, 'api-x')).toBe('{"a":1}');
	});

	test('a body of bytes is not copied', () => {
		const body = bodyWithKey({ ...request, body: bytes.subarray(1) }, 'api-x');
		expect(Buffer.isBuffer(body) && [body.buffer === bytes.buffer, body.byteOffset, body.length]).toEqual([
			true,
			bytes.byteOffset + 1,
			bytes.length - 1,
		]);
	});
});
