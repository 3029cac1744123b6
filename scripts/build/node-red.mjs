// Builds the package node-red-contrib-smtp2go, complete in dist-node-red/.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { clear, compile, manifestFrom, root, stripDirectives } from '../tools.mjs';

const OUT = 'dist-node-red';
const require = createRequire(import.meta.url);

function write(path, text) {
	const file = join(root, OUT, path);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
}

/**
 * The code of all dialogs as one script. `made`: the modules `smtp2go:…` that the catalogue describes, by their name.
 */
async function editorScript(made) {
	const { outputFiles } = await build({
		entryPoints: [join(root, 'node-red/editor/plugin.ts')],
		bundle: true,
		write: false,
		minify: true,
		format: 'iife',
		target: 'es2020',
		charset: 'utf8',
		loader: { '.css': 'text' },
		plugins: [
			{
				name: 'made',
				setup(esbuild) {
					esbuild.onResolve({ filter: /^smtp2go:/ }, ({ path }) => ({
						path: path.replace('smtp2go:', ''),
						namespace: 'made',
					}));
					esbuild.onLoad({ filter: /.*/, namespace: 'made' }, ({ path }) => ({
						contents: JSON.stringify(made[path]),
						loader: 'json',
					}));
				},
			},
		],
	});
	// "</script" inside a text would end the element that holds it.
	return outputFiles[0].text.replaceAll('</script', '<\\/script');
}

/** package.json with its node sets. */
function manifest(nodeSets) {
	const made = manifestFrom('node-red/package.template.json');
	return { ...made, 'node-red': { ...made['node-red'], ...nodeSets } };
}

/** The README with absolute links: the package does not hold the pages that its relative links lead to. */
function withAbsoluteLinks(readme) {
	const { homepage } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const images = `${homepage.replace('//github.com/', '//raw.githubusercontent.com/')}/main/`;
	return readme
		.replace(/(!\[[^\]]*\]\()\.\.\//g, `$1${images}`)
		.replace(/\]\(\.\.\//g, `](${homepage}/blob/main/`)
		.replace(/\b(src|srcset)="\.\.\//g, `$1="${images}`);
}

/** Empties dist-node-red/ and fills it: runtime, dialogs, texts, icons, examples, manifest. */
export async function buildNodeRed() {
	clear(OUT);
	await compile('node-red', ['node-red/nodes/**/*.ts', 'node-red/runtime/**/*.ts'], OUT);
	// Types only: nothing loads it.
	rmSync(join(root, OUT, 'node-red/shared/form.js'));
	stripDirectives(OUT);
	clear('.build/node-red-generate');
	await compile(
		'node-red-generate',
		['node-red/generate/**/*.ts', 'api/catalogue/common.ts'],
		'.build/node-red-generate',
	);
	stripDirectives('.build/node-red-generate');
	const { plainForms, forms, generate, nodeSets, NODES, PLUGIN } = require(
		join(root, '.build/node-red-generate/node-red/generate/index.js'),
	);
	const { withSharedHtml } = require(join(root, '.build/node-red-generate/node-red/generate/html.js'));

	const written = readdirSync(join(root, 'node-red/nodes')).filter((file) => file.endsWith('.html'));
	for (const file of written)
		write(`${NODES}/${file}`, withSharedHtml(readFileSync(join(root, 'node-red/nodes', file), 'utf8')));
	for (const [path, text] of generate(join(root, 'node-red/locales'))) write(path, text);
	write(
		`${PLUGIN}/smtp2go-editor.html`,
		`<script type="text/javascript">\n${await editorScript({ ...plainForms(), forms: forms() })}</script>\n`,
	);
	cpSync(join(root, 'icons/node-red'), join(root, OUT, NODES, 'icons'), { recursive: true });
	cpSync(join(root, 'examples/node-red'), join(root, OUT, 'examples'), { recursive: true });
	write('README.md', withAbsoluteLinks(readFileSync(join(root, 'node-red/README.md'), 'utf8')));
	for (const file of ['LICENSE', 'CHANGELOG.md'])
		if (existsSync(join(root, file))) cpSync(join(root, file), join(root, OUT, file));
	write(
		'package.json',
		`${JSON.stringify(manifest(nodeSets(written.map((file) => file.replace('.html', '')))), undefined, '\t')}\n`,
	);
}
