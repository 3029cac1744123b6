/** The pages that people read name only files, folders and headings that exist. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../..');
/** Everything written by hand: the generated pages under docs/reference have their own test. */
const pages = globSync(['*.md', 'node-red/*.md', 'docs/*.md', 'docs/decisions/*.md'], { cwd: ROOT }).sort();
/** Folders of the repository: text in backticks that begins with one of them is a path. */
const FOLDERS = 'api|credentials|docs|examples|icons|node-red|nodes|scripts|simulator|test|\\.github|\\.ci';
const path = new RegExp(`^(?:${FOLDERS})/[^\\s<>…]*$`);

const textOf = (page: string) => readFileSync(join(ROOT, page), 'utf8').replace(/^```.*?^```/gms, '');

/** The anchor of a heading, as GitHub makes it. */
function anchor(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.replace(/\s/g, '-');
}

const anchorsOf = (page: string) =>
	[...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchor(heading));

/** A link's problem; undefined for one that leads somewhere. */
function problemOf(page: string, link: string): string | undefined {
	const [file = '', heading] = link.split('#');
	const target = file === '' ? page : join(dirname(page), file);
	if (!existsSync(join(ROOT, target))) return `${link}: no such file`;
	if (heading === undefined || anchorsOf(target).includes(heading)) return undefined;
	return `${link}: no such heading`;
}

/** True for a path of the repository that exists; a star stands for any part of a name. */
function isThere(named: string): boolean {
	return globSync(named.replace(/\/$/, ''), { cwd: ROOT }).length > 0;
}

describe.each(pages)('%s', (page) => {
	it('links only to pages and headings that exist', () => {
		const links = [...textOf(page).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, link = '']) => link);
		expect(links.flatMap((link) => problemOf(page, link) ?? [])).toEqual([]);
	});

	it('names only files and folders that exist', () => {
		const named = [...textOf(page).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
		expect(named.filter((code) => path.test(code) && !isThere(code))).toEqual([]);
	});
});

it('the links that n8n shows lead to headings and pages that exist', () => {
	const sources = globSync(['credentials/*.ts', 'nodes/**/*.{ts,json}'], { cwd: ROOT }).map(textOf).join('\n');
	const links = [...sources.matchAll(/n8n-nodes-smtp2go(?:\/blob\/main\/([\w./-]+))?(#[\w-]+)?['"]/g)].map(
		([, file = 'README.md', heading = '']) => `${file}${heading}`,
	);
	expect(links.length).toBeGreaterThan(3);
	expect(links.flatMap((link) => problemOf('README.md', link) ?? [])).toEqual([]);
});

it('every decision is in the list of decisions, under its title', () => {
	const list = textOf('docs/decisions/README.md');
	const decisions = pages.filter((page) => /decisions\/\d/.test(page));
	expect(decisions.length).toBeGreaterThan(30);
	const missing = decisions.filter((page) => {
		const [, number = '', title = ''] = /^# (\d+)\. (.*)$/m.exec(textOf(page)) ?? [];
		return !list.includes(`| [${number}](${page.replace('docs/decisions/', '')}) | ${title} |`);
	});
	expect(missing).toEqual([]);
});

it('every decision has the same parts', () => {
	const parts =
		/^# \d+\. .+\n\nDate: \d{4}-\d\d-\d\d\n(\nStatus: [^#]+)?\n## Context\n[^]+\n## Decision\n[^]+\n## Consequences\n/;
	expect(pages.filter((page) => /decisions\/\d/.test(page) && !parts.test(textOf(page)))).toEqual([]);
});
