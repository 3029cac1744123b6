import { toNodeError } from '../../node-red/runtime/errors';

const trap = () => { throw new Error('trap'); };

it.each<[string, unknown]>([
	['an object without a prototype', Object.create(null)], ['a text that throws', { toString: trap }], ['a Proxy that throws at everything', new Proxy({}, { getPrototypeOf: trap, get: trap, ownKeys: trap })],
	['an error whose message throws', Object.defineProperty(new Error('x'), 'message', { get: trap })], ['undefined', undefined], ['a symbol', Symbol('s')],
])('whatever is thrown becomes an error with a code: %s', (_what, thrown) => {
	expect(toNodeError(thrown)).toMatchObject({ name: 'SMTP2GO', code: 'SMTP2GO_UNEXPECTED', message: expect.any(String) });
});
