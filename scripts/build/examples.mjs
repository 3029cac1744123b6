// docs/examples.md: every example with its note and its picture, made from the examples themselves.
// `npm run docs` writes it. `node scripts/build/examples.mjs --check` says what is out of date.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../tools.mjs';

const PAGE = 'docs/examples.md';
/** Bytes: the largest picture that a page should load. */
const MOST_BYTES = 400_000;

export const themes = ['light', 'dark'];

/**
 * An example.
 * @typedef {object} Example
 * @property {string} name of its file, without `.json`
 * @property {string} title what it does, in a few words
 * @property {string} note Markdown: how it works and what to set
 */

/** The first note on the canvas that begins with a heading. */
function noteOfN8n({ name, nodes }) {
	const notes = nodes
		.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')
		.map(({ parameters: { content = '' } }) => /^#+ (?<title>.+)\n*(?<note>[^]*)$/.exec(content)?.groups);
	return { title: name, note: '', ...notes.find(Boolean) };
}

/** The first comment on the canvas. One without a text has its text in the description of the tab. */
function noteOfNodeRed(nodes) {
	const tab = nodes.find(({ type }) => type === 'tab');
	const comment = nodes.find(({ type }) => type === 'comment');
	return { title: comment?.name || tab.label, note: comment?.info || tab.info || '' };
}

/** The hosts, in the order of the page. */
export const exampleHosts = {
	n8n: {
		label: 'n8n',
		use: 'In n8n, create a workflow and select *Import from File* in its menu. Or copy the content of the file, and paste it onto the canvas.',
		noteOf: noteOfN8n,
	},
	'node-red': {
		label: 'Node-RED',
		use: 'In Node-RED, open *Menu → Import → Examples* and select the example of this package.',
		noteOf: noteOfNodeRed,
	},
};

/**
 * Reads the examples of a host.
 * @param {keyof typeof exampleHosts} host
 * @returns {Example[]} in the order of their titles
 */
export function examplesOf(host) {
	const folder = join(root, 'examples', host);
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.map((file) => ({
			name: basename(file, '.json'),
			...exampleHosts[host].noteOf(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
		}))
		.sort((one, other) => one.title.localeCompare(other.title, 'en'));
}

/**
 * The path of an example's picture in the checkout.
 * @param {string} host
 * @param {string} name of the example
 * @param {string} theme
 */
export const pictureOf = (host, name, theme) => `docs/images/examples/${host}/${name}-${theme}.png`;

/** A note as part of a page: its headings become bold lines, and each of its lines stays one. */
function asText(note) {
	return note
		.trim()
		.replace(/^#+ (.+)$/gm, '**$1**\n')
		.replace(/(?<=[^\n])\n(?=\S)(?!\d+\. |[-*] |\|)/g, '\n\n');
}

/** The first sentence of a note, for a cell of a table. */
function summaryOf(note) {
	const [line = ''] = asText(note).split('\n');
	const [sentence] = /^.*?[.!?](?=\s|$)/.exec(line) ?? [line];
	return sentence.replaceAll('|', '\\|');
}

/** The anchor of a heading, as GitHub makes it. */
const anchorOf = (heading) =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.replace(/\s/g, '-');

function part(host, { name, title, note }) {
	const source = (theme) => pictureOf(host, name, theme).replace('docs/', '');
	return [
		`### ${title} (${exampleHosts[host].label})`,
		asText(note),
		[
			'<picture>',
			`<source media="(prefers-color-scheme: dark)" srcset="${source('dark')}">`,
			`<img src="${source('light')}" alt="${title.replaceAll('"', '&quot;')}: the ${host === 'n8n' ? 'workflow' : 'flow'} in ${exampleHosts[host].label}">`,
			'</picture>',
		].join('\n'),
		`File: [${name}.json](../examples/${host}/${name}.json)`,
	];
}

function hostPart(host) {
	const { label, use } = exampleHosts[host];
	const examples = examplesOf(host);
	return [
		`## ${label}`,
		use,
		[
			'| Job | What it does |',
			'| --- | --- |',
			...examples.map(
				({ title, note }) => `| [${title}](#${anchorOf(`${title} (${label})`)}) | ${summaryOf(note)} |`,
			),
		].join('\n'),
		...examples.flatMap((example) => part(host, example)),
	];
}

/** The page. */
function page() {
	const counts = Object.entries(exampleHosts).map(([host, { label }]) => `${examplesOf(host).length} for ${label}`);
	return (
		[
			'# Examples',
			`Workflows and flows to import: ${counts.join(' and ')}. Each one is tested against a real host and the [simulator](simulator.md), so you can try it without an SMTP2GO account.`,
			'- [Examples for n8n](#n8n)\n- [Examples for Node-RED](#node-red)',
			...Object.keys(exampleHosts).flatMap(hostPart),
			'Generated from the examples by `npm run docs`. `npm run pictures` also takes the pictures.',
		].join('\n\n') + '\n'
	);
}

/** Writes the page. */
export async function examplesPage() {
	writeFileSync(join(root, PAGE), page());
}

/** What is missing or out of date, one sentence each. */
function faults() {
	const pictures = Object.keys(exampleHosts).flatMap((host) =>
		examplesOf(host).flatMap(({ name }) => themes.map((theme) => pictureOf(host, name, theme))),
	);
	const there = Object.keys(exampleHosts).flatMap((host) => {
		const folder = `docs/images/examples/${host}`;
		return existsSync(join(root, folder)) ? readdirSync(join(root, folder)).map((file) => `${folder}/${file}`) : [];
	});
	const isStale = !existsSync(join(root, PAGE)) || readFileSync(join(root, PAGE), 'utf8') !== page();
	return [
		...(isStale ? [`${PAGE} is out of date. Run "npm run docs".`] : []),
		...pictures
			.filter((path) => !there.includes(path))
			.map((path) => `${path} is missing. Run "npm run pictures".`),
		...there.filter((path) => !pictures.includes(path)).map((path) => `${path} shows no example. Delete it.`),
		...there
			.filter((path) => statSync(join(root, path)).size > MOST_BYTES)
			.map((path) => `${path} is larger than ${MOST_BYTES.toLocaleString('en-US')} bytes.`),
	];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href && process.argv.includes('--check')) {
	const found = faults();
	if (found.length > 0) {
		console.error(found.join('\n'));
		process.exit(1);
	}
}
