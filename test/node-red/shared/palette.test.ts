/** The palette: every node is in one group, and its icon and label can be read on its color. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { offeredResources } from '../../../api';
import { nodeTypeOf } from '../../../node-red/generate/forms';
import { nodeSets } from '../../../node-red/generate';
import { paletteGroups, paletteTypes } from '../../../node-red/shared/palette';

const root = join(__dirname, '../../..');
const handWritten = readdirSync(join(root, 'node-red/nodes'))
	.filter((file) => file.endsWith('.html'))
	.map((file) => file.replace('.html', ''));

it('every node is in one group', () => {
	const all = [...offeredResources('node-red').map(nodeTypeOf), ...handWritten];
	expect([...paletteTypes, 'smtp2go-account'].sort()).toEqual(all.sort());
});

it('the package lists them in the order of the palette, after the account', () => {
	expect(Object.keys(nodeSets(handWritten).nodes)).toEqual(['smtp2go-account', ...paletteTypes]);
});

/** The relative luminance of a color (WCAG 2.2). @param alpha of black that lies over it */
function luminance(color: string, alpha = 0): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const part = (parseInt(color.slice(at, at + 2), 16) / 255) * (1 - alpha);
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: number, other: number): number {
	return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

// Of Node-RED's style sheet: `--red-ui-node-label-color` of both themes, and the shade behind an icon.
it.each(paletteGroups.map(({ key, color }) => [key, color]))(
	'the color of the group %s is legible: %s',
	(_key, color) => {
		expect(contrast(luminance(color, 0.05), 1)).toBeGreaterThanOrEqual(3);
		for (const label of ['#333333', '#191919'])
			expect(contrast(luminance(color), luminance(label))).toBeGreaterThanOrEqual(4.5);
	},
);

it('no two groups have the same color', () => {
	expect(new Set(paletteGroups.map(({ color }) => color)).size).toBe(paletteGroups.length);
});

it.each(paletteTypes)('%s has its own icon, drawn like the others', (type) => {
	const icon = readFileSync(join(root, 'icons/node-red', `${type}.svg`), 'utf8');
	expect(icon).toContain('width="40" height="60" viewBox="0 0 40 60"');
	expect(icon).toContain(
		'<g fill="none" stroke="#fff" stroke-width="3" stroke-linejoin="round" stroke-linecap="round">',
	);
	expect(icon.match(/#[0-9a-f]{3,6}/gi)).toEqual(['#fff']);
	const others = paletteTypes.filter((other) => other !== type);
	for (const other of others)
		expect(readFileSync(join(root, 'icons/node-red', `${other}.svg`), 'utf8')).not.toBe(icon);
});
