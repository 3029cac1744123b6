/** The pages that people read name only files, folders, headings and pictures that exist, and say nothing twice. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { resourcesAndCustom } from '../../api';
import { nodeTypeOf } from '../../node-red/generate/forms';
import { fileOf, isGenerated, linksOf, pages, problemOf, rawOf, ROOT, textOf, withoutCode } from './support/pages';

/** Folders of the repository: text in backticks that begins with one of them is a path. */
const FOLDERS = 'api|credentials|docs|examples|icons|node-red|nodes|scripts|simulator|test|\\.github|\\.ci';
const path = new RegExp(`^(?:${FOLDERS})/[^\\s<>…]*$`);
const IMAGE = /\.(?:png|svg|gif|jpe?g)$/;
const MAX_IMAGE = 400_000;
const MAX_README = 150;
/** The README of the package, whose links the build has made absolute. */
const BUILT = 'dist-node-red/README.md';

/** True for a path of the repository that exists; a star stands for any part of a name. */
function isThere(named: string): boolean {
	return globSync(named.replace(/\/$/, ''), { cwd: ROOT }).length > 0;
}

describe.each(pages)('%s', (page) => {
	it('links only to pages, headings and pictures that exist', () => {
		expect(linksOf(textOf(page)).flatMap((link) => problemOf(page, link) ?? [])).toEqual([]);
	});

	it('names only files and folders that exist', () => {
		const named = [...textOf(page).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
		expect(named.filter((code) => path.test(code) && !isThere(code))).toEqual([]);
	});

	it('says in words what each picture shows', () => {
		const images = [...withoutCode(textOf(page)).matchAll(/!\[([^\]]*)\]\(|<img [^>]*?>/g)];
		const words = images.map(([image, alt]) => alt ?? /alt="([^"]*)"/.exec(image)?.[1] ?? '');
		expect(words.filter((text) => text.length < 15)).toEqual([]);
	});
});

it('no picture of a page is larger than 400 kB', () => {
	const files = pages.flatMap((page) => linksOf(textOf(page)).flatMap((link) => fileOf(page, link)?.file ?? []));
	const images = [...new Set(files)].filter((file) => IMAGE.test(file));
	expect(images.length).toBeGreaterThan(0);
	expect(images.filter((file) => statSync(join(ROOT, file)).size > MAX_IMAGE)).toEqual([]);
});

test.each(['README.md', 'node-red/README.md', BUILT])('%s has fewer than 150 lines', (page) => {
	expect(rawOf(page).split('\n').length).toBeLessThan(MAX_README);
});

describe('the README of the Node-RED package', () => {
	it('has only absolute links, each to a file and heading of the repository or to another site', () => {
		const links = linksOf(textOf(BUILT));
		expect(links.length).toBeGreaterThan(20);
		expect(links.filter((link) => !/^https:\/\//.test(link))).toEqual([]);
		expect(links.flatMap((link) => problemOf(BUILT, link) ?? [])).toEqual([]);
	});

	it('is the page of the repository, with the same links', () => {
		const fileIn = (page: string) => linksOf(textOf(page)).map((link) => fileOf(page, link));
		expect(fileIn(BUILT)).toEqual(fileIn('node-red/README.md'));
	});

	it('names every node', () => {
		const written = globSync('node-red/nodes/*.html', { cwd: ROOT }).map((file) =>
			file.replace(/.*\/|\.html$/g, ''),
		);
		const types = [...written, ...resourcesAndCustom.map(nodeTypeOf)];
		expect(types.length).toBeGreaterThan(20);
		expect(types.filter((type) => !textOf('node-red/README.md').includes(`\`${type}\``))).toEqual([]);
	});
});

it('the index of the documentation lists every page', () => {
	const listed = linksOf(textOf('docs/README.md')).map((link) => fileOf('docs/README.md', link)?.file);
	const all = pages.filter((page) => /^docs\/[^/]+\.md$/.test(page) && page !== 'docs/README.md');
	expect(all.filter((page) => !listed.includes(page))).toEqual([]);
});

/** The longer sentences of a page, without marks of Markdown: tables, headings and code are left out. */
function sentencesOf(page: string): string[] {
	const prose = textOf(page).replace(/^(?:\||#|<|!\[).*$/gm, '\n');
	return prose
		.split(/\n\s*\n|\n *(?:[-*]|\d+\.) /)
		.flatMap((part) => part.replace(/\s+/g, ' ').split(/(?<=[.:!?](?:\*\*)?) /))
		.map((sentence) => sentence.replace(/\]\([^)]*\)|[*_[\]`]/g, '').trim())
		.filter((sentence) => sentence.split(' ').length >= 9);
}

it('no sentence stands on two pages', () => {
	const isReadme = (page: string) => /^(?:node-red\/)?README\.md$/.test(page);
	const seen = new Map<string, string[]>();
	for (const page of pages.filter((one) => !isGenerated(one) && !/^CHANGELOG|decisions\//.test(one)))
		for (const sentence of new Set(sentencesOf(page))) seen.set(sentence, [...(seen.get(sentence) ?? []), page]);
	// The READMEs are the front pages of two packages: they can share sentences with each other, but with no other page.
	const twice = [...seen].filter(([, on]) => on.length > 1 && !on.every(isReadme));
	expect(twice.map(([sentence, on]) => `${on.join(', ')}: ${sentence}`)).toEqual([]);
});

it('the links that n8n shows lead to headings and pages that exist', () => {
	const sources = globSync(['credentials/*.ts', 'nodes/**/*.{ts,json}'], { cwd: ROOT }).map(rawOf).join('\n');
	const links = [...sources.matchAll(/https:\/\/github\.com\/[\w-]+\/n8n-nodes-smtp2go[^'"\s)]*/g)].map(
		([link]) => link,
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
