// Installs the tools that only lint, scan, scorecard and mutation need, when one of them first runs: `npm ci` takes half
// as long without them. They live in the cache; node_modules gets a link to each.
import { createHash } from 'node:crypto';
import { copyFileSync, lstatSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installOnce } from '../install-once.mjs';
import { root } from '../tools.mjs';

const manifests = join(root, 'scripts/check/tools');

/** The packages that files of the checkout import or run. */
const linked = [
	'@n8n/node-cli',
	'@n8n/scan-community-package',
	'@stryker-mutator/api',
	'@stryker-mutator/core',
	'node-red-dev',
];

/** True if two paths lead to the same folder. */
function isSame(one, other) {
	try {
		return realpathSync(one) === realpathSync(other);
	} catch {
		return false;
	}
}

/**
 * Links a package of node_modules to the one in the cache, in place of an earlier version of the tools. A link that is
 * right stays, because another process can be using it.
 */
export function link(from, to) {
	if (isSame(from, to)) return;
	if (lstatSync(from, { throwIfNoEntry: false })) rmSync(from, { recursive: true, force: true });
	mkdirSync(dirname(from), { recursive: true });
	try {
		symlinkSync(to, from, 'junction');
	} catch (error) {
		// Another process was faster.
		if (!isSame(from, to)) throw error;
	}
}

/**
 * Makes sure that the tools are installed and linked. Code that needs one imports it after this.
 */
export async function fetchTools() {
	const lock = readFileSync(join(manifests, 'package-lock.json'));
	const folder = await installOnce({
		name: `tools-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`,
		what: 'the tools of lint, scan, scorecard and mutation',
		takes: 'one to two minutes, 820 MB',
		prepare(folder) {
			for (const file of ['package.json', 'package-lock.json'])
				copyFileSync(join(manifests, file), join(folder, file));
		},
		commands: [['ci', '--ignore-scripts']],
	});
	for (const name of linked) link(join(root, 'node_modules', name), join(folder, 'node_modules', name));
}
