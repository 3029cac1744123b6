/** Runs once before all files: packs both packages, and installs what every file would install again. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-hardcoded-secrets */
/* eslint-disable @n8n/community-nodes/require-node-api-error */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPackage, N8nClient, startN8nProcess } from '../../../scripts/start/n8n-host.cjs';

export const root = join(__dirname, '..', '..', '..');
/** Holds what one run of the tests needs. */
export const work = join(root, '.build', 'e2e');

/** The key of each n8n: it is saved in the user folder, and n8n refuses to start with another one. */
export const encryptionKey = 'for tests only';
/** The owner of each n8n. */
export const owner = { email: 'owner@example.com', password: 'For-tests-only-1' };

/**
 * n8n's environment for tests without its editor: a start then takes a fifth less of a processor, because n8n writes no
 * files of the editor, and its garbage collector runs less often.
 */
export const withoutEditor = { N8N_DISABLE_UI: 'true', NODE_OPTIONS: '--max-semi-space-size=64' };

/** What every file finds ready. */
export interface Prepared {
	/** The folder of each installed host, which holds `node_modules`. */
	hosts: { n8n: string; 'node-red': string };
	/** An n8n user folder with the packed package, a database and the owner. */
	n8nHome: string;
	/** A Node-RED user folder with the package installed from its tarball, as a user would. */
	nodeRedHome: string;
	/** The packed Node-RED package: the names of its files, and its size in bytes. */
	nodeRedPackage: { files: string[]; size: number };
}

const file = join(work, 'prepared.json');

/** What `prepare` has made. */
export function prepared(): Prepared {
	return JSON.parse(readFileSync(file, 'utf8')) as Prepared;
}

function npm(args: string[], cwd: string): string {
	return execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd,
		encoding: 'utf8',
		shell: process.platform === 'win32',
	});
}

/** The folder of an installed host. The first time takes minutes. */
function hostFolder(name: 'n8n' | 'node-red'): string {
	const script = `import("./scripts/start/install-host.mjs").then(async ({ installHost }) => { console.log("\\n" + await installHost("${name}")); });`;
	return (
		execFileSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' }).trim().split('\n').pop() ?? ''
	);
}

/** Packs dist-node-red/ and installs the tarball in a new user folder. */
function installNodeRedPackage(home: string): Prepared['nodeRedPackage'] {
	mkdirSync(home, { recursive: true });
	writeFileSync(join(home, 'package.json'), '{ "private": true }');
	const [packed] = JSON.parse(npm(['pack', join(root, 'dist-node-red'), '--json'], work)) as {
		filename: string;
		size: number;
		files: { path: string }[];
	}[];
	if (!packed) throw new Error('npm packed nothing');
	npm(['install', '--ignore-scripts', join(work, packed.filename)], home);
	return { files: packed.files.map(({ path }) => path), size: packed.size };
}

/**
 * Starts n8n once on a user folder: it makes its database there, which takes longer than a start, and its owner.
 * n8n's migrations are a long piece of work for a busy machine, so this is tried again if n8n ends or hangs in it.
 */
async function makeDatabase(hostFolder: string, userFolder: string): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		try {
			const env = { ...withoutEditor, N8N_ENCRYPTION_KEY: encryptionKey };
			const n8n = await startN8nProcess({ hostFolder, userFolder, env });
			try {
				await new N8nClient(n8n.url).signIn(owner);
			} finally {
				await n8n.stop();
			}
			return;
		} catch (error) {
			process.stderr.write(`n8n did not make its database, attempt ${attempt}: ${String(error)}\n`);
			if (attempt === 2) throw error;
			for (const part of ['', '-shm', '-wal'])
				rmSync(join(userFolder, '.n8n', `database.sqlite${part}`), { force: true });
		}
	}
}

/** Jest calls this before the first file. */
export default async function prepare(): Promise<void> {
	rmSync(work, { recursive: true, force: true });
	mkdirSync(work, { recursive: true });
	// The hosts load thousands of modules at each start: from the second start on they are compiled already.
	process.env['NODE_COMPILE_CACHE'] = join(root, '.build', 'compile-cache');
	const [n8nHome, nodeRedHome] = [join(work, 'n8n'), join(work, 'node-red')];
	installPackage(root, n8nHome);
	const hosts = { n8n: hostFolder('n8n'), 'node-red': hostFolder('node-red') };
	await makeDatabase(hosts.n8n, n8nHome);
	const made: Prepared = {
		hosts,
		n8nHome,
		nodeRedHome,
		nodeRedPackage: installNodeRedPackage(nodeRedHome),
	};
	writeFileSync(file, JSON.stringify(made));
}
