/** The pages that people read, their links, and where each leads. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const ROOT = join(__dirname, '../../..');
const { homepage: REPOSITORY } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { homepage: string };
/** Addresses of files of the repository. */
const HOSTED = [
	`${REPOSITORY}/blob/main/`,
	`${REPOSITORY.replace('//github.com/', '//raw.githubusercontent.com/')}/main/`,
];

/** Every page of the repository, as `docs/errors.md`. */
export const pages = globSync('**/*.md', {
	cwd: ROOT,
	exclude: (name) => /(?:^|\/)(?:node_modules|dist[\w-]*|\.\w[\w-]*)$/.test(name),
}).sort();

/** The pages that a script writes. */
export const isGenerated = (page: string) =>
	/^docs\/(?:reference\/|api-coverage|mutation|performance|examples)/.test(page);

/** A block of code, possibly indented in a list. */
const BLOCK = /(?:^<!-- sample: (.+) -->\n\n)?^( *)```(\w*)\n([^]*?)^ *```$/gm;

export const rawOf = (page: string) => readFileSync(join(ROOT, page), 'utf8');
/** The text of a page without its blocks of code. */
export const textOf = (page: string) => rawOf(page).replace(BLOCK, '');

/** A block of code, and the sample that the comment before it names. */
export interface Block {
	readonly language: string;
	readonly code: string;
	readonly sample: string | undefined;
}

export function blocksOf(page: string): Block[] {
	return [...rawOf(page).matchAll(BLOCK)].map(([, sample, indent = '', language = '', text = '']) => ({
		language,
		code: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
		sample,
	}));
}

/** The anchors of the headings, as GitHub makes them: a second one of the same name has a number. */
function anchorsOf(page: string): string[] {
	const count = new Map<string, number>();
	return [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => {
		const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
		const anchor = words.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
		const before = count.get(anchor) ?? 0;
		count.set(anchor, before + 1);
		return before === 0 ? anchor : `${anchor}-${before}`;
	});
}

/** A text without the code in its lines. */
export const withoutCode = (text: string) => text.replace(/`[^`\n]*`/g, '``');

/** The links of a text, images included. */
export function linksOf(text: string): string[] {
	const links = [...withoutCode(text).matchAll(/\]\(\s*([^)\s]+)[^)]*\)|<\w[^>]*?\s(?:href|src|srcset)="([^"]+)"/g)];
	return links.map(([, inMarkdown, inHtml]) => inMarkdown ?? inHtml ?? '');
}

/** The file of the repository that a link of a page names. Undefined for another site. */
export function fileOf(page: string, link: string): { file: string; heading: string | undefined } | undefined {
	const hosted = HOSTED.find((base) => link.startsWith(base));
	if (hosted === undefined && /^(?:https?:|mailto:)/.test(link)) {
		const [site, heading] = link.split('#');
		return site === REPOSITORY ? { file: 'README.md', heading } : undefined;
	}
	const [file = '', heading] = link.slice(hosted?.length ?? 0).split('#');
	if (hosted !== undefined) return { file, heading };
	return { file: file === '' ? page : join(dirname(page), file), heading };
}

/** What is wrong with a link. Undefined for one that leads somewhere. */
export function problemOf(page: string, link: string): string | undefined {
	const target = fileOf(page, link);
	if (target === undefined)
		return /^https:\/\/(?:github|raw\.githubusercontent)\.com\/[\w-]+\/n8n-nodes-smtp2go\b/.test(link)
			? `${link}: not in the repository that package.json names`
			: undefined;
	const { file, heading } = target;
	if (!existsSync(join(ROOT, file))) return `${link}: no such file`;
	if (heading === undefined || anchorsOf(file).includes(heading)) return undefined;
	return `${link}: no such heading`;
}
