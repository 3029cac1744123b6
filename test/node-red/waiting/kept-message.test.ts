/** The copy of a message that waits: what a restart leaves of it. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { runInNewContext } from 'node:vm';
import type { NodeMessage } from 'node-red';
import { keepMessage, reviveMessage } from '../../../node-red/runtime/waiting/kept-message';

const restarted = (msg: object) => {
	const { json, dropped } = keepMessage(msg as NodeMessage);
	return { msg: reviveMessage(JSON.parse(JSON.stringify(json)) as never), dropped };
};

it('keeps plain data, bytes and dates, also those of a Function node', () => {
	const foreign = runInNewContext(
		'({ list: [1, { a: null }], date: new Date(0), bytes: new Uint8Array([1, 2]) })',
	) as object;
	const { msg, dropped } = restarted({
		payload: { text: 'ä😀', no: false, n: 1.5 },
		file: Buffer.from('abc'),
		foreign,
	});
	expect(msg).toEqual({
		payload: { text: 'ä😀', no: false, n: 1.5 },
		file: Buffer.from('abc'),
		foreign: { list: [1, { a: null }], date: '1970-01-01T00:00:00.000Z', bytes: Buffer.from([1, 2]) },
	});
	expect(dropped).toEqual([]);
});

it('drops connections and whatever JSON cannot hold, and names them', () => {
	const circle: Record<string, unknown> = { name: 'c' };
	circle['self'] = circle;
	const { msg, dropped } = restarted({
		req: { headers: {} },
		res: {},
		payload: { run: () => 1, size: NaN, map: new Map(), circle, big: 10n },
		nothing: undefined,
	});
	expect(msg).toEqual({ payload: { circle: { name: 'c' } } });
	expect([...dropped].sort()).toEqual(
		['payload.big', 'payload.circle.self', 'payload.map', 'payload.run', 'payload.size', 'req', 'res'].sort(),
	);
});

it('keeps names that would change an object', () => {
	const { msg } = restarted(JSON.parse('{"payload":{"__proto__":{"admin":true},"constructor":"x"}}') as object);
	expect(Object.keys(msg.payload as object)).toEqual(['__proto__', 'constructor']);
	expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

it('keeps an object that only looks like bytes', () => {
	const payload = { a: { $base64: 'QUJD' }, b: { $$base64: 'QUJD' }, c: { $base64: 'QUJD', d: 1 } };
	expect(restarted({ payload, $base64: 'x' }).msg).toEqual({ payload, $base64: 'x' });
});
