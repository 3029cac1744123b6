/** The texts in four languages. */
import { languages, smsLength, textNames, textsOf } from '../../../api';

const names = textNames.map(({ name }) => name);

/** The variables in a text, in order of the alphabet. */
function variablesIn(text: string): string[] {
	return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
}

test.each(languages.map(({ value }) => value))('%s has every text, with the same variables as English', (language) => {
	const texts = textsOf(language);
	expect(Object.keys(texts)).toEqual(names);
	for (const name of names) {
		expect(texts[name].trim()).toBe(texts[name]);
		expect(texts[name]).not.toBe('');
		expect([name, variablesIn(texts[name])]).toEqual([name, variablesIn(textsOf('en')[name])]);
	}
});

test.each(['de', 'ja', 'zh-CN'] as const)('%s translates every text', (language) => {
	const texts = textsOf(language);
	// Loanwords.
	const same = names.filter((name) => texts[name] === textsOf('en')[name] && name !== 'commentOptional');
	expect(same).toEqual([]);
});

test.each(['en', 'de'] as const)('%s costs no more in text messages than it must', (language) => {
	const texts = textsOf(language);
	for (const name of names.filter((one) => one.startsWith('sms')))
		expect([name, smsLength(texts[name]).encoding]).toEqual([name, 'GSM-7']);
});

test('every text has a different label, and its help names its variables', () => {
	expect(new Set(textNames.map(({ label }) => label)).size).toBe(names.length);
	for (const { name, label, help, example } of textNames) {
		expect([name, label, help]).toEqual([name, expect.stringMatching(/^[A-Z]/), expect.not.stringMatching(/\.$/)]);
		for (const variable of variablesIn(example))
			expect([name, help]).toEqual([name, expect.stringContaining(variable)]);
	}
});

test('a form replaces single texts', () => {
	const texts = textsOf('de', { send: ' Abschicken ', recorded: '', by: 7, toString: 'x', other: 'x' });
	expect(texts).toEqual({ ...textsOf('de'), send: 'Abschicken' });
	expect(textsOf('de', null)).toEqual(textsOf('de'));
});
