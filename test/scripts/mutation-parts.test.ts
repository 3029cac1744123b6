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

test.each(globs)('%s', (glob) => {
	expect(globSync(glob.startsWith('test/') ? `${glob}.test.ts` : glob, { cwd: ROOT })).not.toEqual([]);
});
