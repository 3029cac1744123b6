/** The generated reference pages are up to date. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
/* eslint-disable @n8n/community-nodes/no-dangerous-functions */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

test('the reference pages in docs/ are what the catalogue tells', () => {
	const { stderr } = spawnSync(process.execPath, ['scripts/build/reference.mjs', '--check'], {
		cwd: join(__dirname, '..', '..'),
		encoding: 'utf8',
	});
	expect(stderr).toBe('');
});
