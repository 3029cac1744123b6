/** The page of the examples is up to date, and each example has its pictures. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
/* eslint-disable @n8n/community-nodes/no-dangerous-functions */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

test('docs/examples.md shows every example, each with a light and a dark picture of at most 400 kB', () => {
	const { status, stderr } = spawnSync(process.execPath, ['scripts/build/examples.mjs', '--check'], {
		cwd: join(__dirname, '..', '..'),
		encoding: 'utf8',
	});
	expect([status, stderr]).toEqual([0, '']);
});
