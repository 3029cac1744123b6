// The project's own rules, in addition to n8n's unmodified ones: the walls of layers.mjs, no import circle, a sentence
// at the head of each file, and no floating promise (an unhandled rejection ends the Node-RED process).
import { readdirSync } from 'node:fs';
import tseslint from 'typescript-eslint';
import { house } from './rules/index.mjs';

const folders = readdirSync('.', { withFileTypes: true })
	.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
	.map(({ name }) => name);

export default tseslint.config(
	// n8n's own config is as n8n wrote it.
	{ ignores: ['**/node_modules', 'dist', 'dist-node-red', 'dist-simulator', '.build', 'eslint.config.mjs'] },
	// No file may excuse itself from what follows.
	{ linterOptions: { noInlineConfig: true } },
	{
		files: ['*.{js,mjs}', ...folders.map((name) => `${name}/**/*.{ts,cts,js,mjs,cjs}`)],
		languageOptions: { parser: tseslint.parser },
		plugins: { house },
		rules: {
			'house/layers': 'error',
			'house/no-circle': 'error',
			'house/sentence-first': 'error',
			'house/kebab-case': 'error',
			'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
		},
	},
	{
		files: folders.map((name) => `${name}/**/*.ts`),
		languageOptions: { parserOptions: { project: ['tsconfig.json', 'node-red/editor/tsconfig.json'] } },
		plugins: { '@typescript-eslint': tseslint.plugin },
		rules: {
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/ban-ts-comment': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
		},
	},
	// Tables of cases are long, and read from top to bottom.
	{
		files: ['test/**/*.ts'],
		rules: {
			'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
			'no-restricted-syntax': [
				'error',
				{
					selector:
						"CallExpression[callee.property.name='toThrow'][arguments.length=0]:not([callee.object.property.name='not'])",
					message: 'Say which error: any mistake would pass as the one that is meant.',
				},
				{
					selector:
						"CallExpression[callee.name=/^after(Each|All)$/] CallExpression[callee.property.name='catch']",
					message: 'A teardown that fails is a failure: do not swallow it.',
				},
			],
		},
	},
);
