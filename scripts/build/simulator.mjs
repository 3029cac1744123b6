// Compiles the simulator for `npm start` and for people who build flows offline.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { clear, compile, root, stripDirectives } from '../tools.mjs';

/** Compiles the simulator to .build/simulator; its page goes along. */
export async function buildSimulator() {
	clear('.build/simulator');
	await compile('simulator', ['simulator/**/*.ts'], '.build');
	stripDirectives('.build/simulator');
	cpSync(join(root, 'simulator', 'page'), join(root, '.build', 'simulator', 'page'), { recursive: true });
}
