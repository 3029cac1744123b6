/**
 * The blocks of code on the pages: each parses, names only scripts that exist, and shows what the code makes.
 * `UPDATE_DOCS=1` writes the samples again.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { transpileModule } from 'typescript';
import { samples } from './support/doc-samples';
import { blocksOf, isGenerated, pages, rawOf, ROOT, textOf } from './support/pages';

const scripts = Object.keys((JSON.parse(rawOf('package.json')) as { scripts: object }).scripts);
const blocks = pages.flatMap((page) => blocksOf(page).map((block) => ({ page, ...block })));
const written = blocks.filter(({ page }) => !isGenerated(page));

/** Programs that a reader has, or that the line itself explains. */
const PROGRAMS = /^(?:cd|mkdir|tar|docker|git|npx smtp2go-simulator)\b/;

/** What is wrong with a command. Undefined for one that works in a clone. */
function commandProblem(command: string): string | undefined {
	const bare = command.trim().replace(/^(?:[A-Z][A-Z0-9_]*=\S+ +)+/, '');
	if (bare === '' || bare.startsWith('#') || PROGRAMS.test(bare)) return undefined;
	const [program, verb = '', name = ''] = bare.split(/\s+/);
	if (program !== 'npm') return `${command}: is not a command that these pages explain`;
	if (['ci', 'install', 'pack'].includes(verb)) return undefined;
	const script = verb === 'run' ? name : verb;
	return scripts.includes(script) ? undefined : `${command}: package.json has no such script`;
}

/** Compiles JavaScript: statements, an expression, or the inside of an object such as of `settings.js`. */
function compiles(code: string): boolean {
	return [`async () => {${code}\n}`, `(${code})`, `({${code}})`].some((text) => {
		try {
			void new Script(text);
			return true;
		} catch {
			return false;
		}
	});
}

/** TypeScript: statements or an expression. */
const isTypeScript = (code: string) =>
	[code, `(${code})`].some((text) => transpileModule(text, { reportDiagnostics: true }).diagnostics?.length === 0);

const checks: Readonly<Record<string, (code: string) => unknown>> = {
	json: (code) => void JSON.parse(code),
	sh: (code) => {
		const problems = code.split(/\n|&&|\|\|/).flatMap((command) => commandProblem(command) ?? []);
		if (problems.length > 0) throw new Error(problems.join('\n'));
	},
	js: (code) => {
		if (!compiles(code)) throw new Error('is not JavaScript');
	},
	ts: (code) => {
		if (!isTypeScript(code)) throw new Error('is not TypeScript');
	},
	mermaid: (code) => {
		if (!/^(?:flowchart|sequenceDiagram)/.test(code)) throw new Error('is not a diagram');
	},
};

/** Returns JSON as the pages show it, with a list of one text in one line. */
function jsonOf(value: unknown): string {
	return `${JSON.stringify(value, undefined, '\t').replace(/\[\n\t+("[^"\n]*")\n\t+\]/g, '[$1]')}\n`;
}

test.each(pages.filter((page) => blocksOf(page).length > 0))('%s has only blocks of code that parse', (page) => {
	for (const { language, code } of blocksOf(page)) {
		const check = checks[language];
		if (!check) throw new Error(`The block has no language that can be checked ("${language}"):\n${code}`);
		expect(() => check(code)).not.toThrow();
	}
});

test.each(pages)('%s names only npm scripts that exist', (page) => {
	const named = [...textOf(page).matchAll(/`((?:[A-Z_]+=\S+ +)*npm (?:run|start|test)\b[^`\n]*)`/g)];
	const commands = named.flatMap(([, code = '']) => code.split('&&'));
	expect(commands.flatMap((command) => commandProblem(command) ?? [])).toEqual([]);
});

test('every JSON block that is written by hand names the code that makes it, and all code is used', () => {
	const shown = written.filter(({ language }) => language === 'json');
	expect(shown.filter(({ sample }) => sample === undefined).map(({ page, code }) => `${page}: ${code}`)).toEqual([]);
	expect(shown.map(({ sample }) => sample).sort()).toEqual(Object.keys(samples).sort());
});

test.each(Object.entries(samples))('the pages show %s as the code makes it', async (name, make) => {
	const { page = '', code = '' } = written.find(({ sample }) => sample === name) ?? {};
	const made = jsonOf(await make());
	if (process.env['UPDATE_DOCS'] === '1' && page !== '')
		writeFileSync(
			join(ROOT, page),
			rawOf(page).replace(
				`<!-- sample: ${name} -->\n\n\`\`\`json\n${code}`,
				() => `<!-- sample: ${name} -->\n\n\`\`\`json\n${made}`,
			),
		);
	else expect(code).toBe(made);
});
