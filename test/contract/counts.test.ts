/** The numbers that people read: each is compared with the catalogue, so that no page keeps an old one. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources, resourcesAndCustom } from '../../api';

const root = join(__dirname, '..', '..');
const pages = ['README.md', 'package.json', 'node-red/package.template.json', 'CHANGELOG.md', 'node-red/README.md'];
const moreDocs = ['CONTRIBUTING.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)];

/** Node types that are written by hand: the account and the trigger. */
const byHand = readdirSync(join(root, 'node-red/nodes')).filter((name) => name.endsWith('.html')).length;

const counts = {
	operations: resources.reduce((sum, { operations }) => sum + operations.length, 0),
	resources: resources.length,
	nodeTypes: resourcesAndCustom.length + byHand,
};

/** Ways to write a count, and which one it is. */
const claims: readonly (readonly [RegExp, keyof typeof counts])[] = [
	[/\b(\d+) (?:API )?operations\b/g, 'operations'],
	[/\b(\d+) resources\b/g, 'resources'],
	[/\bone (?:action )?node per resource \((\d+)\)/g, 'resources'],
	[/\bone (?:action )?node for each of the (\d+) resources\b/g, 'resources'],
	[/\b(\d+) node types\b/g, 'nodeTypes'],
];

/** The claims of a page, as `18 resources is 18`. */
function claimsOf(page: string): { said: string; number: number; right: number }[] {
	const text = readFileSync(join(root, page), 'utf8');
	return claims.flatMap(([pattern, count]) =>
		[...text.matchAll(pattern)].map(([said, number]) => ({ said, number: Number(number), right: counts[count] })),
	);
}

const isPage = (page: string) => page.endsWith('.json') || page.endsWith('.md');

test.each([...pages, ...moreDocs].filter((page) => isPage(page) && existsSync(join(root, page))))(
	'%s says how many operations, resources and node types there are',
	(page) => {
		for (const { said, number, right } of claimsOf(page)) expect(`${said}: ${number}`).toBe(`${said}: ${right}`);
	},
);

test('the pages that people see first say how many operations there are', () => {
	for (const page of ['README.md', 'package.json', 'CHANGELOG.md'])
		expect([page, claimsOf(page).some(({ right }) => right === counts.operations)]).toEqual([page, true]);
});
