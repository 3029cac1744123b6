// Compiles the simulator for `npm start`, and makes the package smtp2go-simulator for people without a checkout.
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clear, compile, manifestFrom, root, stripDirectives } from '../tools.mjs';

/** Compiles the simulator to .build/simulator; its page goes along. */
export async function buildSimulator() {
	clear('.build/simulator');
	await compile('simulator', ['simulator/**/*.ts'], '.build');
	stripDirectives('.build/simulator');
	cpSync(join(root, 'simulator', 'page'), join(root, '.build', 'simulator', 'page'), { recursive: true });
}

const PACKAGE = 'dist-simulator';
/** The packages that the simulator imports at run time. */
const dependencies = ['fastify', 'handlebars', 'postal-mime'];

/** The package's package.json, with the versions that the tree uses. */
function manifest() {
	const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	return {
		...manifestFrom('simulator/package/package.template.json'),
		dependencies: Object.fromEntries(dependencies.map((one) => [one, `^${devDependencies[one]}`])),
	};
}

/** Makes dist-simulator/, the complete package. Needs the compiled simulator. */
export async function packSimulator() {
	clear(PACKAGE);
	const to = (name) => join(root, PACKAGE, name);
	cpSync(join(root, '.build', 'simulator'), to('lib'), { recursive: true });
	for (const name of readdirSync(join(root, 'simulator', 'package')).filter((file) => !file.includes('template')))
		cpSync(join(root, 'simulator', 'package', name), to(name));
	for (const name of ['LICENSE', 'CHANGELOG.md']) cpSync(join(root, name), to(name));
	// The page of the docs is the package's README too, so it has no relative links.
	cpSync(join(root, 'docs', 'simulator.md'), to('README.md'));
	writeFileSync(to('package.json'), `${JSON.stringify(manifest(), undefined, '\t')}\n`);
}
