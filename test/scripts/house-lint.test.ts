/** The project's own lint finds what it is there for: each case is a file that does not exist, with one fault in it. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
/* eslint-disable @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const SENTENCE = '/** A file that was made up for a test. */\n';

const cases: readonly (readonly [title: string, path: string, code: string, found: RegExp | undefined])[] = [
	['nothing in a good file', 'api/core/made-up.ts', 'export const a = 1;', undefined],
	['nothing in an import from a lower room', 'api/client/made-up.ts', "import '../core/errors';", undefined],
	[
		'an import from a higher room',
		'api/core/made-up.ts',
		"import '../client/call';",
		/layers: api\/core cannot import api\/client/,
	],
	['an import of a type', 'api/core/made-up.ts', "import type { Host } from '../client/transport';", /layers/],
	['an import inside a type', 'api/core/made-up.ts', "export type A = import('../client/transport').Host;", /layers/],
	['an export from elsewhere', 'api/core/made-up.ts', "export * from '../client/call';", /layers/],
	['an import at run time', 'api/core/made-up.ts', "void import('../client/call');", /layers/],
	[
		'an import from another house',
		'simulator/core/made-up.ts',
		"import '../../api';",
		/layers: simulator\/core cannot/,
	],
	['a package that a house may not use', 'api/core/made-up.ts', "import 'node:fs';", /layers: .*"node:fs"/],
	['n8n in Node-RED', 'node-red/runtime/made-up.ts', "import 'n8n-workflow';", /layers/],
	['a folder without a row in the table', 'api/made-up/made-up.ts', "import '../core/errors';", /layers: .*no room/],
	[
		'a circle',
		'api/core/errors.ts',
		"import { call } from '../client/call';\nvoid call;",
		/no-circle: Import circle: api\/core\/errors\.ts > /,
	],
	['a circle of types', 'api/core/errors.ts', "import type { call } from '../client/call';", /no-circle/],
	['a name in camelCase', 'api/core/madeUp.ts', 'export const a = 1;', /kebab-case: "madeUp"/],
];

const heads: readonly (readonly [title: string, path: string, code: string, found: RegExp | undefined])[] = [
	['a file without a sentence', 'api/core/made-up.ts', 'export const a = 1;\n', /sentence-first: Begin the file/],
	[
		'a sentence below the imports',
		'api/core/made-up.ts',
		`import './errors';\n${SENTENCE}export const a = 1;\n`,
		/sentence-first/,
	],
	[
		'a directive above the sentence',
		'test/api/made-up.test.ts',
		`/* eslint-disable no-console */\n${SENTENCE}export {};\n`,
		/sentence-first: Put/,
	],
	[
		'a directive instead of a sentence',
		'nodes/made-up.ts',
		'// eslint-disable-next-line no-console\nexport {};\n',
		/sentence-first/,
	],
	['nothing in a test without a sentence', 'test/api/made-up.test.ts', 'export {};\n', undefined],
	[
		'nothing in a directive below the sentence',
		'api/core/made-up.ts',
		`${SENTENCE}/* eslint-disable no-console */\nexport {};\n`,
		undefined,
	],
];

const all = [...cases.map(([title, path, code, found]) => [title, path, SENTENCE + code, found] as const), ...heads];
let messages: string[][];

beforeAll(() => {
	const input = JSON.stringify(all.map(([, path, code]) => [path, code]));
	const root = join(__dirname, '..', '..');
	const output = execFileSync(process.execPath, ['test/scripts/support/house-lint.mjs'], {
		cwd: root,
		input,
		encoding: 'utf8',
	});
	messages = JSON.parse(output) as string[][];
}, 60_000);

test.each(all.map(([title, , , found], index) => ({ title, found, index })))('finds $title', ({ found, index }) => {
	const text = (messages[index] ?? []).join('\n');
	if (found) expect(text).toMatch(found);
	else expect(text).toBe('');
});
