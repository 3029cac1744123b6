// What the pictures need beside the browser: a font that is the same on every machine, and small files. Both are
// packages that are fetched when pictures are taken, so that nobody else installs them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from '../tools.mjs';
import { installPackages } from '../install-once.mjs';

const versions = { sharp: '0.35.5', '@fontsource/arimo': '5.3.0' };
const MOST_BYTES = 400_000;

/** The styles of Arimo that the editors use, by the names of its files. */
const styles = {
	'400-normal': 'font-weight: 400',
	'400-italic': 'font-weight: 400; font-style: italic',
	'500-normal': 'font-weight: 500 600',
	'700-normal': 'font-weight: 700',
	'700-italic': 'font-weight: 700; font-style: italic',
};

/** The packages, loaded on demand. */
async function packages() {
	const folder = await installPackages(
		'pictures-1',
		Object.entries(versions).map(([name, version]) => `${name}@${version}`),
		{ takes: 'a few seconds, 25 MB' },
	);
	return { folder, load: createRequire(join(folder, 'package.json')) };
}

/**
 * Styles that give a page Arimo where it asks for Helvetica or one of its like. Arimo has the measures of
 * Arial, and without it each machine would draw its own font.
 * @returns {Promise<string>} CSS
 */
export async function fontStyles() {
	const { folder } = await packages();
	const data = (file) =>
		readFileSync(join(folder, 'node_modules/@fontsource/arimo/files', `arimo-latin-${file}.woff2`), 'base64');
	return ['Helvetica Neue', 'Helvetica', 'Arial', 'Segoe UI']
		.flatMap((family) =>
			Object.entries(styles).map(
				([file, style]) =>
					`@font-face { font-family: "${family}"; ${style}; src: url(data:font/woff2;base64,${data(file)}); }`,
			),
		)
		.join('\n');
}

/**
 * Saves a picture as a PNG of at most 256 colors, which is a third as large as the browser's and looks the same.
 * @param {string} path in the checkout
 * @param {Buffer} png as the browser gave it
 * @returns {Promise<number>} its size in bytes
 */
export async function save(path, png) {
	const { load } = await packages();
	const small = await load('sharp')(png)
		.png({ palette: true, effort: 10, dither: 0, compressionLevel: 9 })
		.toBuffer();
	if (small.length > MOST_BYTES)
		throw new Error(`${path} has ${small.length} bytes, more than ${MOST_BYTES}. Show less of the page.`);
	mkdirSync(dirname(join(root, path)), { recursive: true });
	writeFileSync(join(root, path), small);
	console.log(`${path}  ${Math.round(small.length / 1000)} kB`);
	return small.length;
}
