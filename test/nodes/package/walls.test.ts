/** What a file of the n8n package can name, load and keep. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources } from '../../../api';

const root = join(__dirname, '../../../nodes');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** A file without its comments. */
const codeOf = (file: string) =>
	readFileSync(join(root, file), 'utf8')
		.replace(/\/\*[\s\S]*?\*\//g, '')
		.replace(/\/\/.*/g, '');

test.each(files)('%s names no operation and no path of the API', (file) => {
	const code = codeOf(file);
	expect(code).not.toMatch(/operationOf\('|findOperation\('\w+', '\w+'/);
	for (const { path } of resources.flatMap(({ operations }) => operations)) expect(code).not.toContain(`'${path}'`);
});

test('what n8n loads at its start leaves all of api/ but the list of kinds alone', () => {
	for (const file of [
		'Smtp2go/Smtp2go.node.ts',
		'Smtp2go/Smtp2goTrigger.node.ts',
		'Smtp2go/Smtp2goPollingTrigger.node.ts',
		'Smtp2go/methods/list-search.ts',
	]) {
		const values = [...codeOf(file).matchAll(/^import (?!type)(.*) from '((?:\.\.\/)+api[^']*)'/gm)].map(
			([, , path]) => path,
		);
		expect([file, values.filter((path) => !path?.endsWith('/api/pick-lists/match'))]).toEqual([file, []]);
	}
});

test.each(files.filter((file) => !file.endsWith('state/process-state.ts')))(
	'%s keeps nothing from one run to the next',
	(file) => {
		expect(codeOf(file)).not.toMatch(
			/^(export )?let |^(export )?const .*= new (Map|Set|WeakMap|WeakSet|RecentMap|Templates)\b/m,
		);
	},
);
