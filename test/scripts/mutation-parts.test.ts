/** The parts of the mutation tests name files that exist: a file that moved would leave its part empty. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const source = readFileSync(join(ROOT, 'test/mutation/parts.mjs'), 'utf8');
const globs = [...source.matchAll(/'((?:api|nodes|node-red|test)\/[^']+)'/g)].map(([, glob = '']) => glob);

test('there are some', () => {
	expect(globs.length).toBeGreaterThan(20);
});

/** The files of a glob with braces, each alternative for itself: one that moved must not hide behind the others. */
const alternatives = globs.flatMap((glob) => {
	const [, before, inner, after] = /^(.*)\{([^}]+)\}(.*)$/.exec(glob) ?? [];
	return inner === undefined ? [glob] : inner.split(',').map((one) => `${before}${one}${after}`);
});

test.each(alternatives)('%s', (glob) => {
	expect(globSync(glob.startsWith('test/') ? `${glob}.test.ts` : glob, { cwd: ROOT })).not.toEqual([]);
});
