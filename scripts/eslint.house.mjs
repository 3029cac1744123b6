// The project's own rules, in addition to n8n's unmodified ones: which module can import which, and no floating
// promises (an unhandled rejection ends the Node-RED process).
import { readdirSync } from 'node:fs';
import tseslint from 'typescript-eslint';

/** Forbids a folder to import other folders of the tree (`rooms`) and packages; `why` is what the developer reads. */
const wall = (folder, rooms, packages, why) => ({
	files: [`${folder}/**/*.ts`],
	rules: {
		'no-restricted-imports': [
			'error',
			{
				patterns: [
					{ regex: `^(\\.\\./)+(${rooms.join('|')})(/|$)`, message: why },
					{ group: packages, message: why },
				],
			},
		],
	},
});
const n8n = ['n8n-*', '@n8n/*'];
const nodeRed = ['node-red', 'node-red-*', '@node-red/*'];

export default tseslint.config(
	{ ignores: ['**/node_modules', 'dist', 'dist-node-red', '.build', 'node-red/editor'] },
	{
		files: readdirSync('.', { withFileTypes: true })
			.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
			.map(({ name }) => `${name}/**/*.ts`),
		languageOptions: { parser: tseslint.parser, parserOptions: { project: 'tsconfig.json' } },
		plugins: { '@typescript-eslint': tseslint.plugin },
		// No file may excuse itself from these.
		linterOptions: { noInlineConfig: true },
		rules: {
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/ban-ts-comment': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
			'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
		},
	},
	// Tables of cases are long, and read from top to bottom.
	{
		files: ['test/**/*.ts'],
		rules: { 'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }] },
	},
	wall(
		'api',
		['nodes', 'credentials', 'node-red', 'simulator', 'test'],
		[...n8n, ...nodeRed, 'node:*', '!node:crypto'],
		'api/ knows no host and nothing outside itself but node:crypto.',
	),
	wall(
		'simulator',
		['api', 'nodes', 'credentials', 'node-red', 'test'],
		[...n8n, ...nodeRed],
		'The simulator is written from the contract: a mistake in api/ must not hide in it.',
	),
	wall('nodes', ['node-red', 'simulator', 'test'], nodeRed, 'The n8n nodes use api/ and n8n only.'),
	wall('credentials', ['node-red', 'simulator', 'test'], nodeRed, 'The credential uses api/ and n8n only.'),
	wall(
		'node-red',
		['nodes', 'credentials', 'simulator', 'test'],
		n8n,
		'The Node-RED nodes use api/ and Node-RED only.',
	),
);
