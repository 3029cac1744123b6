// The checks behind `npm run lint`, `test`, `scan` and `scorecard`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { root, sh } from '../tools.mjs';
import { fetchTools } from './fetch-tools.mjs';

/** Types of the whole tree. */
export async function treeTypes() {
	await sh('tsc', ['--noEmit', '--project', 'tsconfig.json']);
}

/** Types of the editor code, which lives in a browser. */
export async function editorTypes() {
	await sh('tsc', ['--noEmit', '--project', 'node-red/editor/tsconfig.json']);
}

/** The format of every file. */
export async function format() {
	await sh('prettier', ['--check', '--log-level', 'warn', '.']);
}

/** n8n's own lint, unmodified and strict, and then the same rules on the generated description as a literal. */
export async function n8nLint() {
	const { writeLintCopy } = await import('../build/n8n.mjs');
	await fetchTools();
	await sh('node', ['node_modules/@n8n/node-cli/bin/n8n-node.mjs', 'lint']);
	await sh('eslint', ['--config', 'eslint.config.mjs', '--max-warnings', '0', '.'], { cwd: await writeLintCopy() });
}

/** The project's own rules. */
export async function houseLint() {
	await sh('eslint', ['--config', 'scripts/check/eslint.house.mjs', '--quiet', '.']);
}

/** The unit tests and the tests on the hosts' engines. No snapshot is written, only compared. */
export async function unitTests() {
	await sh('jest', ['--ci', '--config', 'test/jest.config.cjs']);
}

/** The packed packages in whole hosts and a real browser. */
export async function e2eTests() {
	await sh('jest', ['--ci', '--config', 'test/e2e/jest.config.cjs']);
}

/** Packs the root package and unpacks it into a new folder; returns the folder. */
function unpackedTarball() {
	const folder = mkdtempSync(join(tmpdir(), 'smtp2go-scan-'));
	const [{ filename }] = JSON.parse(
		execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
			cwd: root,
			encoding: 'utf8',
			shell: process.platform === 'win32',
			stdio: ['ignore', 'pipe', 'ignore'],
		}),
	);
	execFileSync('tar', ['-xzf', filename], { cwd: folder });
	return folder;
}

/**
 * n8n's scanner, both legs as it runs them itself: on the source and on the published files. Its check of provenance
 * needs a published package.
 */
export async function scan() {
	await fetchTools();
	const { analyzePackage, SOURCE_FILE_PATTERNS } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const folder = unpackedTarball();
	try {
		const legs = {
			source: await analyzePackage(root, SOURCE_FILE_PATTERNS),
			tarball: await analyzePackage(join(folder, 'package'), ['**/*.js', 'package.json']),
		};
		for (const [leg, { passed, message, details }] of Object.entries(legs)) {
			if (!passed || message) throw new Error(`n8n's scanner, ${leg}: ${message}\n${details ?? ''}`);
			console.log(`n8n's scanner, ${leg}: passed`);
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Node-RED's scorecard on the built package. */
export async function scorecard() {
	await fetchTools();
	await (await import('./scorecard.mjs')).scorecard();
}
