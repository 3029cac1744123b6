// Runs the house rules on made-up files: reads `[path, code][]` from stdin, writes the messages of each as JSON.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { house } from '../../../scripts/check/rules/index.mjs';

const linter = new Linter({ cwd: process.cwd() });
const rules = Object.fromEntries(Object.keys(house.rules).map((name) => [`house/${name}`, 'error']));
const config = [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser }, plugins: { house }, rules }];

const files = JSON.parse(readFileSync(0, 'utf8'));
const messages = files.map(([path, code]) =>
	linter
		.verify(code, config, { filename: join(process.cwd(), path), allowInlineConfig: false })
		.filter(({ ruleId }) => ruleId !== null)
		.map(({ ruleId, message }) => `${ruleId}: ${message}`),
);
process.stdout.write(JSON.stringify(messages));
