/** Links that decide something: signed and personal. */
import { randomBytes } from 'node:crypto';
import { linkSecret, signLink, verifyLink } from '../../../api';

const secret = linkSecret(`api-${'0'.repeat(32)}`, 'account-1');
const token = signLink(secret, 'q-7_Z', '2');

test('names the question and the recipient', () => {
	expect(verifyLink(secret, token)).toEqual({ questionId: 'q-7_Z', recipientId: '2' });
	expect(token).toMatch(/^q-7_Z\.2\.[\w-]{43}$/);
	expect(encodeURIComponent(token)).toBe(token);
});

test('differs for each key, owner, question and recipient', () => {
	const secrets = [
		secret,
		linkSecret(`api-${'0'.repeat(31)}1`, 'account-1'),
		linkSecret(`api-${'0'.repeat(32)}`, 'b'),
	];
	const tokens = secrets.flatMap((one) => [
		signLink(one, 'q', '1'),
		signLink(one, 'q', '2'),
		signLink(one, 'q1', '1'),
	]);
	expect(new Set(tokens.map((one) => one.split('.')[2])).size).toBe(9);
	for (const other of secrets.slice(1)) expect(verifyLink(other, token)).toBeUndefined();
});

test('is refused without a secret', () => {
	expect(verifyLink('', signLink('', 'q', '1'))).toBeUndefined();
});

test.each([
	undefined,
	null,
	7,
	[],
	[token],
	{},
	'',
	'.',
	'..',
	'q.1',
	`${token}.`,
	` ${token}`,
	`${token}\n`,
	`${token}=`,
])('refuses %j', (given) => {
	expect(verifyLink(secret, given)).toBeUndefined();
});

/** A token that differs from ours: altered at one place, cut, put together from others, or made up. */
function forged(index: number): string {
	const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
	const random = (length: number) => randomBytes(length).toString('base64url');
	const at = index % token.length;
	const sign = alphabet[index % alphabet.length] ?? 'A';
	switch (index % 6) {
		case 0:
			return `${token.slice(0, at)}${sign}${token.slice(at + 1)}`;
		case 1:
			return `${token.slice(0, at)}${token.slice(at + 1)}`;
		case 2:
			return `q-7_Z.2.${random(32)}`;
		case 3:
			return `${random(6)}.${index}.${token.split('.')[2] ?? ''}`;
		case 4:
			return signLink(random(32), 'q-7_Z', '2');
		default:
			return `${token.slice(0, at)}${sign}${token.slice(at)}`;
	}
}

test('accepts none of 10,000 forged and altered links', () => {
	const links = Array.from({ length: 12_000 }, (_, index) => forged(index))
		.filter((link) => link !== token)
		.slice(0, 10_000);
	expect(links).toHaveLength(10_000);
	expect(links.filter((link) => verifyLink(secret, link) !== undefined)).toEqual([]);
});

test('cannot be written in two ways: the unused bits of the last character count', () => {
	const last = token.slice(-1);
	const others = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].filter(
		(one) => one !== last,
	);
	expect(others.filter((one) => verifyLink(secret, token.slice(0, -1) + one) !== undefined)).toEqual([]);
});
