/** SMTP2GO's limits at their edge: as much as it takes is accepted, and one more is not. */
import { batchRequest, buildRequest, cutEmails, groupSms, type Operation } from '../../../api';
import { mailOf, mailOfSize, NOW, smsSend, textOf, values } from '../support/bulk';
import { operation } from '../support/operation';

const send = operation('email', 'send');
const DAY = 24 * 60 * 60 * 1000;
const people = (count: number) => Array.from({ length: count }, (_, index) => `reader${index}@example.org`);
const numbers = (count: number) => Array.from({ length: count }, (_, index) => `+1415555${1000 + index}`);
const isAccepted = (more: object, one: Operation = send, base: object = values) =>
	buildRequest(one, { ...base, ...more }, NOW).ok;

test.each(['to', 'cc', 'bcc'])('100 recipients in %s', (field) => {
	expect([isAccepted({ [field]: people(100) }), isAccepted({ [field]: people(101) })]).toEqual([true, false]);
	expect([isAccepted({ [field]: people(100).join() }), isAccepted({ [field]: people(101).join() })]).toEqual([
		true,
		false,
	]);
});

test('100 phone numbers', () => {
	const sms = (count: number) => isAccepted({ destination: numbers(count) }, smsSend, { content: 'Hi' });
	expect([sms(100), sms(101)]).toEqual([true, false]);
});

test.each([
	['now', 0, false],
	['in one second', 1_000, true],
	['in three days', 3 * DAY, true],
	['in three days and a second', 3 * DAY + 1_000, false],
])('an email that is scheduled %s', (_when, ahead, accepted) => {
	expect(isAccepted({ schedule: new Date(NOW + ahead).toISOString() })).toBe(accepted);
});

test('100 numbers in a call of text messages', () => {
	const texts = [textOf(numbers(99).join()), textOf('+14155559999')];
	expect(groupSms(texts)).toEqual([[0, 1]]);
	expect(groupSms([...texts, textOf('+14155559998')])).toEqual([[0, 1], [2]]);
});

test('1,000 emails in a batch', () => {
	const one = mailOf();
	const emails = (count: number) => Array.from({ length: count }, () => one);
	expect([batchRequest(emails(1000)).ok, batchRequest(emails(1001)).ok]).toEqual([true, false]);
});

test('50,000,000 bytes in an email of a batch, and in a batch', () => {
	const FRAME = 13;
	const LIMIT = 50_000_000;
	expect(mailOfSize(LIMIT - FRAME).bytes).toBe(LIMIT - FRAME);
	expect(() => mailOfSize(LIMIT - FRAME + 1)).toThrow(/50,000,001/);
	const [half, rest] = [mailOfSize(20_000_000), LIMIT - FRAME - 1 - 20_000_000];
	expect(cutEmails([half, mailOfSize(rest)])).toEqual([[0, 1]]);
	expect(cutEmails([half, mailOfSize(rest + 1)])).toEqual([[0], [1]]);
});
