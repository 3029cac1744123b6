/** No text that somebody else writes blocks the process: what takes longer than the text is long is a fault. */
import {
	answeredPage,
	choiceLabels,
	questionEmail,
	questionPage,
	questionSms,
	readPost,
	readQuestion,
	readRecipients,
	readReply,
	recordedSms,
	replySms,
	type Question,
} from '../../../api';
import { tooLong } from '../support/processor-time';
import { choice, freeText, jane, LINK, question } from './support/questions';

/** Runs of characters before one that ends no match. The length of a run is for the test to decide. */
const RUNS: Readonly<Record<string, (length: number) => string>> = {
	'dots in a URL': (length) => `https://a/${'.'.repeat(length)}x`,
	'brackets in URLs': (length) => `https://a/${')'.repeat(190)}x `.repeat(length / 200),
	'many URLs': (length) => 'https://a/ '.repeat(length / 11),
	'a long host': (length) => `https://${'ü'.repeat(length)}/`,
	spaces: (length) => `a${' '.repeat(length)}a`,
	'line feeds': (length) => `a${'\n'.repeat(length)}a`,
	'lines of spaces': (length) => `a${'\n '.repeat(length / 2)}a`,
	'one line of spaces': (length) => `\n${' '.repeat(length)}a`,
	dots: (length) => `a${'.'.repeat(length)}a`,
	'dots first': (length) => `${'.'.repeat(length)}a`,
	'a code and dots': (length) => `K7 ${' .'.repeat(length / 2)}a`,
	'number signs': (length) => `2${'番'.repeat(length)}x`,
	digits: (length) => `${'1'.repeat(length)}x`,
	invisible: (length) => `a${'\u200b'.repeat(length)}a`,
	halves: (length) => '\ud800'.repeat(length),
	braces: (length) => '{'.repeat(length),
	'a ligature': (length) => '\ufdfa'.repeat(length),
};

/** The kinds of work that take too long, with the milliseconds. */
function slow(work: Readonly<Record<string, () => unknown>>): object {
	const took = Object.entries(work).map(([name, run]) => [name, tooLong(run)] as const);
	return Object.fromEntries(took.filter(([, time]) => time !== undefined));
}

test.each(Object.entries(RUNS))('%s of a message take no time', (_, run) => {
	const message = run(19_800);
	const asked: Question = question({ message });
	expect(
		slow({
			read: () => readQuestion({ message, subject: message }),
			email: () => questionEmail(asked, LINK),
			page: () => questionPage(asked, jane),
			answered: () => answeredPage(asked, undefined, { already: true }),
			sms: () => [questionSms(asked, LINK), replySms(asked), recordedSms(asked, message)],
		}),
	).toEqual({});
});

test.each(Object.entries(RUNS))('%s of a person take no time', (_, run) => {
	const text = run(200_000);
	expect(
		slow({
			post: () => readPost({ text, comment: text, answer: text }),
			form: () => readPost(`text=${text}`),
			approval: () => readReply(question(), undefined, text),
			choice: () => readReply(choice, 'K7', text),
			freeText: () => readReply(freeText, undefined, text),
			labels: () => choiceLabels(text),
			recipients: () => readRecipients(text, text),
		}),
	).toEqual({});
});
