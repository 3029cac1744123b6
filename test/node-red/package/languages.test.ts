/** The languages of the Node-RED package: complete, and alike in everything that is not words. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { cpSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate, generateLanguages } from '../../../node-red/generate';
import { leftEnglish, pairsOf, unlike, unlikeHelp, wrongLabels } from '../support/language-checks';

const locales = join(__dirname, '../../../node-red/locales');
const files = generate(locales);

for (const made of generateLanguages(locales)) {
	const { translation } = made;
	const { language } = translation;
	const pairs = pairsOf(made, files);
	const inEnglish = (path: string) => files.get(path.replace(`/${language}/`, '/en-US/')) ?? '';
	const helps = [...files].filter(([path]) => path.includes('/locales/en-US/') && path.endsWith('.html'));

	describe(language, () => {
		it('translates every sentence', () => {
			expect([...translation.missing]).toEqual([]);
		});

		it('has no translation of a sentence that is gone', () => {
			expect(translation.stale).toEqual([]);
		});

		it('repeats placeholders, code, message properties, endpoints and numbers', () => {
			expect(pairs.length).toBeGreaterThan(1000);
			expect(pairs.flatMap(unlike)).toEqual([]);
		});

		it('leaves nothing in English but names', () => {
			expect([...new Set(pairs.flatMap((pair) => leftEnglish(language, pair)))]).toEqual([]);
		});

		it('calls the parts of a dialog what they are called in the dialog', () => {
			expect([...new Set(wrongLabels(pairs))]).toEqual([]);
		});

		it.each(helps.map(([path]) => path.replace('/en-US/', `/${language}/`)))('has the help %s', (path) => {
			const help = made.files.get(path) ?? '';
			expect(unlikeHelp(inEnglish(path), help)).toEqual([]);
			expect(help.split('\n')[0]).toBe(inEnglish(path).split('\n')[0]);
			// What Node-RED's Markdown takes for a list of properties: see package.test.ts.
			if (!help.includes('type="text/markdown"')) return;
			for (const line of help.split('\n')) expect(line).not.toMatch(/^:[^:\n]+:|:[^:\n]+\([^:\n]+\).*?:/);
			const paragraphs = help.split(/\n\n|\n(?=- )/).map((translation) => ({ english: '', translation }));
			expect(paragraphs.flatMap((one) => leftEnglish(language, one))).toEqual([]);
		});
	});
}

describe('a translation', () => {
	let copy: string;
	const write = (language: string, dictionaries: Record<string, Record<string, string>>) => {
		mkdirSync(join(copy, language), { recursive: true });
		for (const [file, dictionary] of Object.entries(dictionaries))
			writeFileSync(join(copy, language, `${file}.json`), JSON.stringify(dictionary));
	};
	const made = (language: string) => {
		const found = generateLanguages(copy).find(({ translation }) => translation.language === language);
		if (!found) throw new Error(`There is no language ${language}`);
		return found;
	};
	const messages = (language: string, path: string) =>
		JSON.parse(made(language).files.get(path.replace('*', language)) ?? '{}') as Record<string, never>;
	const SMS = 'node-red/nodes/locales/*/smtp2go-sms.json';

	beforeEach(() => {
		copy = mkdtempSync(join(tmpdir(), 'locales-'));
		cpSync(join(locales, 'en-US'), join(copy, 'en-US'), { recursive: true });
	});
	afterEach(() => {
		rmSync(copy, { recursive: true });
	});

	it('stays English if there is none, and is missing', () => {
		write('fr', { common: { requesting: 'en cours' } });
		expect(messages('fr', SMS)).toMatchObject({ status: { busy: 'en cours', done: 'done' } });
		const { missing } = made('fr').translation;
		expect(missing).toContain('smtp2go-editor: done');
		expect(missing).not.toContain('smtp2go-editor: requesting');
	});

	it('is stale if no sentence uses it', () => {
		write('fr', {
			common: { requesting: 'en cours', 'no such sentence': 'x' },
			'smtp2go-sms': { requesting: 'y' },
		});
		const { translation } = made('fr');
		expect(translation.stale).toEqual(['common: no such sentence', 'smtp2go-sms: requesting']);
	});

	it('can be another one in one node set, and in one place', () => {
		write('fr', {
			common: { 'Wait Limit': 'Limite' },
			'smtp2go-outcome': { 'Wait Limit': 'Limite du sort' },
			'smtp2go-ask': { 'Wait Limit|ask.limit': 'Limite de la question' },
		});
		const at = (type: string) => messages('fr', `node-red/nodes/locales/*/${type}.json`);
		expect(at('smtp2go-outcome')).toMatchObject({ outcome: { limit: 'Limite du sort' } });
		expect(at('smtp2go-ask')).toMatchObject({ ask: { limit: 'Limite de la question' } });
		expect(made('fr').translation.stale).toEqual(['common: Wait Limit']);
	});

	it('of a country comes from JavaScript', () => {
		write('fr', { common: {} });
		const { common } = messages('fr', 'node-red/plugin/locales/*/smtp2go-editor.json');
		expect(common).toMatchObject({ own: { defaultCountry: { choices: { DE: 'Allemagne (+49)' } } } });
	});

	it('makes the help of a node', () => {
		write('fr', { common: { Inputs: 'Entrées', '.': ' !' } });
		const help = made('fr').files.get('node-red/nodes/locales/fr/smtp2go-sms.html') ?? '';
		expect(help).toContain('<h3>Entrées</h3>');
		expect(help).toContain(' !</p>');
		expect(help).toContain('data-help-name="smtp2go-sms"');
	});
});

describe('the checks find', () => {
	const pair = (english: string, translation: string) => ({ english, translation });

	it.each([
		['a lost placeholder', pair('__count__ sent', 'gesendet')],
		['a translated placeholder', pair('__count__ sent', '__anzahl__ gesendet')],
		['changed code', pair('Set `topic`', 'Setzen Sie `thema`')],
		['another message property', pair('Set msg.topic', 'Setzen Sie msg.payload')],
		['another number', pair('at most 1,000', 'höchstens 10.000')],
		['another endpoint', pair('needs /sms/send', 'braucht /sms/senden')],
	])('%s', (_what, one) => {
		expect(unlike(one)).toHaveLength(1);
	});

	it('no fault in a good translation', () => {
		const good = pair(
			'Set `a` in msg.topic, at most 1,000: __count__',
			'__count__: `a` in msg.topic, höchstens 1.000',
		);
		expect([...unlike(good), ...leftEnglish('de', good)]).toEqual([]);
		expect(unlike(pair('ten emails, or 2 million', '10件または200万件のメール'))).toEqual([]);
		expect(leftEnglish('de', pair('e.g. from', 'z. B. from'))).toEqual([]);
		expect(leftEnglish('ja', pair('Button "Test this webhook"', '「Test this webhook」ボタン'))).toEqual([]);
	});

	it('English that was left', () => {
		expect(leftEnglish('de', pair('Subject', 'Subject'))).toHaveLength(1);
		expect(leftEnglish('de', pair('The limit', 'Das Limit of the node'))).toHaveLength(1);
		expect(leftEnglish('ja', pair('Subject', 'Betreff'))).toHaveLength(1);
		expect(leftEnglish('de', pair('API URL', 'API URL'))).toEqual([]);
		expect(leftEnglish('ja', pair('Subject', '件名'))).toEqual([]);
	});

	it('a label that is called otherwise in the dialog', () => {
		const label = pair('Result To', 'Ergebnis nach');
		expect(wrongLabels([label, pair('Set "Result To"', 'Setzen Sie „Ziel“')])).toHaveLength(1);
		expect(wrongLabels([label, pair('Set "Result To"', 'Setzen Sie „Ergebnis nach“')])).toEqual([]);
	});

	it('a help of another structure', () => {
		const help = '<p>One <code>a</code></p>\n- two\n### Three `b`';
		expect(unlikeHelp(help, '<p>Eins <code>a</code></p>\n- zwei\n### Drei `b`')).toEqual([]);
		expect(unlikeHelp(help, '<p>Eins a</p>\n- zwei\n### Drei `b`')).toEqual(
			expect.arrayContaining(['lacks <code>', 'lacks <code>a</code>']),
		);
		expect(unlikeHelp(help, '<p>Eins <code>a</code></p>\n#### Drei `b`')).toEqual(
			expect.arrayContaining(['lacks - ', 'lacks ### ', 'has #### , which the English help has not']),
		);
	});
});
