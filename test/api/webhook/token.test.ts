/** Who can deliver: the secret of a webhook, in all the ways in which a header may be nearly right. */
import { digestOf, isBearer, sameSecret } from '../../../api';
import { isBearerOf } from '../../../api/webhook/token';

const SECRET = 'a'.repeat(64);
const digest = digestOf(SECRET);

test.each<[unknown, boolean]>([
	[`Bearer ${SECRET}`, true],
	[`bearer ${SECRET}`, true],
	[`BEARER   ${SECRET}   `, true],
	[`Bearer ${SECRET} x`, false],
	[`x Bearer ${SECRET}`, false],
	[`xBearer ${SECRET}`, false],
	[`Bearer${SECRET}`, false],
	[`Bearer ${SECRET}b`, false],
	['Bearer ', false],
	[SECRET, false],
	[`Basic ${SECRET}`, false],
	[[`Bearer ${SECRET}`], false],
	[undefined, false],
	[7, false],
])('the header %j is taken: %s', (header, isTaken) => {
	expect([isBearer(header, SECRET), isBearerOf(header, [digest])]).toEqual([isTaken, isTaken]);
});

test.each<[(string | undefined)[], boolean]>([
	[[], false],
	[[undefined], false],
	[[undefined, digest], true],
	[[digestOf('other'), digest], true],
	[[digestOf('other')], false],
	[[SECRET], false],
	[[''], false],
])('of the digests %j any one will do: %s', (digests, isTaken) => {
	expect(isBearerOf(`Bearer ${SECRET}`, digests)).toBe(isTaken);
});

test('a secret that is lost or empty lets nobody in', () => {
	expect([isBearer(`Bearer ${SECRET}`, undefined), isBearer('Bearer ', ''), sameSecret('', '')]).toEqual([
		false,
		false,
		false,
	]);
});

test('what is stored of a token is 64 digits, and not the token', () => {
	expect(digest).toMatch(/^[0-9a-f]{64}$/);
	expect(digest).not.toBe(SECRET);
});
