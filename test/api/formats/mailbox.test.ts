/** The grammar of addresses: the short way for plain addresses reads them as the long way does. */
import fc from 'fast-check';
import { personOf } from '../../../api/formats/mailbox';

const part = fc.stringMatching(/^[\w%+.-]{1,70}$/);
const address = fc.oneof(
	fc.emailAddress(),
	fc
		.tuple(part, fc.array(part, { minLength: 1, maxLength: 5 }))
		.map(([local, labels]) => `${local}@${labels.join('.')}`),
);

test('an address is read the same with and without a space before it, which leads to the long way', () => {
	fc.assert(
		fc.property(address, (given) => {
			expect(personOf(given)).toEqual(personOf(` ${given}`));
		}),
		{ numRuns: 2_000 },
	);
});

test.each([
	'a..b@example.com',
	'.a@example.com',
	'a.@example.com',
	'a@-b.com',
	'a@b-.com',
	'a@b',
	'a@1.2.3.4',
	'a@b..com',
])('%s is not an address', (given) => {
	expect(personOf(given)).toHaveProperty('problem');
});
