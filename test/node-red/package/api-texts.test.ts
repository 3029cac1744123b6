/** The translations of the texts that `api/` makes: complete, and found again whatever the values are. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { join } from 'node:path';
import * as fc from 'fast-check';
import { Smtp2goError } from '../../../api';
import { generate, generateLanguages } from '../../../node-red/generate';
import type * as ApiTexts from '../../../node-red/runtime/platform/api-texts';
import { translatorFor, translatorOf } from '../../../node-red/runtime/platform/api-texts';
import { toNodeError } from '../../../node-red/runtime/platform/errors';
import type { Dictionary } from '../../../node-red/runtime/platform/templates';
import { apiTemplates, apiWords, templatesIn } from '../support/api-templates';
import { leftEnglish, pairsOf, unlike, wrongLabels } from '../support/language-checks';

const root = join(__dirname, '../../..');
const templates = apiTemplates(root);
const words = apiWords(root);
const files = generate(join(root, 'node-red/locales'));
/** How a language ends a sentence, and puts a label before a predicate. */
const STRUCTURE = ['{0}.', '{0} {1}'];

const filled = (template: string, values: readonly string[]) =>
	template.replace(/\{(\d)\}/g, (_all, place: string) => values[Number(place)] ?? '');

/** The values, without the second of two places that follow each other: it is a suffix that can be missing. */
const withoutSuffixes = (template: string, values: readonly string[]) =>
	values.map((one, place) => (template.includes(`}{${place}}`) ? '' : one));

/** Values of all kinds but words of texts: a word that is a label would be translated, too. */
const value = fc
	.array(
		fc.constantFrom('ä', 'ß', '漢', 'q', 'Z', '7', '$&', '$1', '{0}', '{1}', '{', '}', '\\', '*', '+', '[', '😀'),
		{
			minLength: 1,
			maxLength: 12,
		},
	)
	.map((parts) => parts.join(''));

const languages = generateLanguages(join(root, 'node-red/locales')).filter(({ translation }) => translation.api);

it('has found the texts', () => {
	expect(templates.size).toBeGreaterThan(400);
	expect(templates).toContain('SMTP2GO could not be reached{0}');
	expect(languages.map(({ translation }) => translation.language)).toContain('de');
});

for (const made of languages) {
	const { language, api = {} } = made.translation;
	const texts = JSON.parse(made.files.get(`node-red/runtime/texts/${language}.json`) ?? '{}') as Dictionary;
	const translate = translatorOf(texts);
	const pairs = Object.entries(api)
		.filter(([english]) => !STRUCTURE.includes(english))
		.map(([english, translation]) => ({ english, translation }));

	describe(language, () => {
		it('translates every text', () => {
			expect([...templates].filter((english) => !texts[english])).toEqual([]);
			expect(STRUCTURE.filter((english) => !texts[english])).toEqual([]);
		});

		it('has no translation of a text that is gone', () => {
			const isThere = (english: string) => templates.has(english) || words.has(english);
			expect(pairs.filter(({ english }) => !isThere(english))).toEqual([]);
		});

		it('repeats places, code, endpoints and numbers', () => {
			expect(pairs.flatMap(unlike)).toEqual([]);
		});

		it('leaves nothing in English but names, and calls the parts of a dialog as the dialog does', () => {
			expect(pairs.flatMap((pair) => leftEnglish(language, pair))).toEqual([]);
			// A word of a condition is no label, such as `address`.
			const sentences = pairs.filter(({ english }) => !words.has(english));
			expect(wrongLabels([...pairsOf(made, files), ...sentences])).toEqual([]);
		});

		it.each(pairs.filter(({ english }) => english.includes('{0}')))(
			'finds "$english"',
			({ english, translation }) => {
				fc.assert(
					fc.property(fc.array(value, { minLength: 6, maxLength: 6 }), (all) => {
						const values = withoutSuffixes(english, all);
						expect(translate(filled(english, values))).toBe(filled(translation, values));
					}),
					{ numRuns: 20 },
				);
			},
		);

		it('translates errors with a label, and several sentences', () => {
			const { message } = toNodeError(
				new Smtp2goError('invalid', 'Attachments must be a whole number', {
					hint: 'Try again later',
					httpStatus: 500,
				}),
				translate,
			);
			for (const english of ['Attachments', 'must', 'Try again', 'HTTP status'])
				expect(message).not.toContain(english);
			expect(message).toContain('500');
		});

		it("leaves SMTP2GO's own words as they are", () => {
			const said = 'The account is under review, and nobody knows why. Call us';
			expect(translate(said)).toBe(said);
			expect(translate(`Error code: E_X. ${said}`)).toContain(said);
		});
	});
}

describe('a text', () => {
	const translate = translatorOf({
		'The key {0} can send.': '{0} kann senden.',
		'Template "{0}" has no {1}': '{1} fehlt in „{0}“',
		'must be {0}': 'muss {0} sein',
		'{0} is gone': '{0} ist weg',
		'Try again': 'Noch einmal',
		'It is not clear {0}.': 'Unklar, {0}.',
		'how many are left': 'wie viele übrig sind',
		subject: 'Betreff',
		unit: 'Einheit',
		'Nothing was sent: {0}': 'Nichts gesendet: {0}',
		'may be {0}{1}': '{1}{0} darf es sein',
		', not {0}': 'nicht {0}, sondern ',
	});

	it.each([
		['The key a can send.', 'a kann senden.'],
		['The key can send.', 'The key can send.'],
		['Try again.', 'Noch einmal.'],
		['Try again. The key a can send. Who knows', 'Noch einmal. a kann senden. Who knows'],
		['Template "subject" has no subject', 'Betreff fehlt in „subject“'],
		['subject must be 1 unit', 'Betreff muss 1 Einheit sein'],
		['Nothing was sent: subject: x is gone', 'Nichts gesendet: Betreff: x ist weg'],
		['may be this', 'this darf es sein'],
		['may be this, not subject', 'nicht Betreff, sondern this darf es sein'],
		['It is not clear how many are left. The key a can send.', 'Unklar, wie viele übrig sind. a kann senden.'],
		['It is not clear who. But why. Try again.', 'Unklar, who. But why. Noch einmal.'],
		['The key {1} can send.', '{1} kann senden.'],
		['', ''],
	])('"%s" becomes "%s"', (english, translation) => {
		expect(translate(english)).toBe(translation);
	});

	it('of any kind ends', () => {
		for (const part of [
			'The key ',
			' can send.',
			'. ',
			': ',
			'Nothing was sent: ',
			'Template "',
			' is gone',
			'{0}',
		])
			for (const count of [10, 300, 100_000]) expect(typeof translate(part.repeat(count))).toBe('string');
		fc.assert(fc.property(fc.string(), (english) => typeof translate(english) === 'string'));
	});

	it('loads a language once, whatever a request calls it', () => {
		// The texts of a language are files of the built package.
		const built = jest.requireActual<typeof ApiTexts>(
			join(root, 'dist-node-red/node-red/runtime/platform/api-texts.js'),
		);
		const german = built.translatorFor('de');
		expect(german).not.toBe(built.translatorFor('xx'));
		for (const name of ['de-AT', 'de,en;q=0.5', ...Array.from({ length: 100 }, (_, index) => `de-${index}`)])
			expect(built.translatorFor(name)).toBe(german);
	});

	it('stays English in a language without texts, or with a made-up name', () => {
		for (const language of ['', 'xx', 'en-US', '../../x', 'de/../de', '__proto__'])
			expect(translatorFor(language)('Try again')).toBe('Try again');
	});
});

describe('the search for texts', () => {
	it('adds up strings, counts values, and looks into them', () => {
		const source = "const a = `The ${b ? 'first value' : c} is ` + `too ${d} long. ` + 'Enter another';";
		expect(templatesIn(source)).toEqual(['The {0} is too {1} long. Enter another', 'first value']);
	});

	it('finds neither markup nor what is too general', () => {
		const source = "f('<p>no text here</p>', `${a} at ${b}`, `.class a{b:c}`, 'word', `${a} is gone`);";
		expect(templatesIn(source)).toEqual(['{0} is gone']);
	});

	it('sees a place that is lost', () => {
		expect(unlike({ english: '{0} of {1} emails', translation: '{0} E-Mails' })).toHaveLength(1);
	});
});
