import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { clear, compile, root } from '../tools.mjs';

/** Compiles the simulator to .build/simulator; its page goes along. */
export async function buildSimulator() {
	clear('.build/simulator');
	await compile('simulator', ['simulator/**/*.ts'], '.build');
	cpSync(join(root, 'simulator', 'page'), join(root, '.build', 'simulator', 'page'), { recursive: true });
}
