/** What n8n's queue mode needs: PostgreSQL and Redis of the system, in temporary folders and on ports of their own. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../scripts/start/n8n-host.cjs';
import { encryptionKey } from './prepare';
import { until } from './until';

const debian = '/usr/lib/postgresql';

/** The folder of PostgreSQL's programs, as Debian installs them. */
function postgresBin(): string | undefined {
	const versions = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : [];
	return versions.find((folder) => existsSync(join(folder, 'initdb')));
}

/** What is missing on this machine; undefined where queue mode can be tested. */
export function missing(): string | undefined {
	if (postgresBin() === undefined) return 'PostgreSQL (Debian: apt-get install postgresql)';
	return ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].some((file) => existsSync(file))
		? undefined
		: 'redis-server (Debian: apt-get install redis-server)';
}

/** PostgreSQL refuses to run as root: then it runs as its own user. */
function asPostgres(): { uid?: number; gid?: number } {
	const idOf = (what: '-u' | '-g') => Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' }));
	return userInfo().uid === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
}

/** A running PostgreSQL and Redis. */
export interface Stores {
	env: Record<string, string>;
	/** One query; rows as lines, columns parted by a tab. */
	query(sql: string): string[];
	stop(): Promise<void>;
}

/** Ends a child and waits for it. */
async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	const ended = new Promise((resolve) => {
		child.once('exit', resolve);
	});
	if (child.exitCode === null && child.kill(signal)) await ended;
}

/** Starts both. */
export async function startStores(): Promise<Stores> {
	const bin = postgresBin() ?? '';
	const folder = mkdtempSync(join(tmpdir(), 'smtp2go-queue-'));
	chmodSync(folder, 0o777);
	const [port, redisPort] = [await freePort(), await freePort()];
	const data = join(folder, 'data');
	const how = { stdio: 'ignore', cwd: folder, ...asPostgres() } as const;
	execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'n8n', '--auth=trust', '--no-sync'], how);
	const postgres = spawn(
		join(bin, 'postgres'),
		[
			'-D',
			data,
			'-p',
			String(port),
			'-h',
			'127.0.0.1',
			'-k',
			folder,
			'-c',
			'fsync=off',
			'-c',
			'max_connections=200',
		],
		how,
	);
	const redis = spawn(
		'redis-server',
		['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--dir', folder],
		{ stdio: 'ignore' },
	);
	const query = (sql: string, database = 'n8n') =>
		execFileSync(
			join(bin, 'psql'),
			['-h', '127.0.0.1', '-p', String(port), '-U', 'n8n', '-d', database, '-AtF', '\t', '-c', sql],
			{ encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'pipe'] },
		)
			.split('\n')
			.filter((line) => line !== '');
	await until('PostgreSQL', () => {
		try {
			return query('SELECT 1', 'postgres').length > 0;
		} catch {
			return false;
		}
	});
	query('CREATE DATABASE n8n', 'postgres');
	return {
		query,
		env: {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redisPort),
			N8N_ENCRYPTION_KEY: encryptionKey,
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_DATABASE: 'n8n',
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_PASSWORD: 'n8n',
		},
		async stop() {
			// SIGINT is PostgreSQL's fast shutdown.
			await Promise.all([end(postgres, 'SIGINT'), end(redis, 'SIGTERM')]);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** A balancer before webhook processors: each request to the next of them. */
export async function startBalancer(targets: () => readonly string[]): Promise<{ port: number; server: Server }> {
	let turn = 0;
	const server = createServer((incoming, outgoing) => {
		const list = targets();
		const target = list[turn++ % list.length] ?? '';
		const call = request(`${target}${incoming.url ?? ''}`, { method: incoming.method, headers: incoming.headers });
		call.once('response', (response) => {
			outgoing.writeHead(response.statusCode ?? 502, response.headers);
			response.pipe(outgoing);
		});
		call.once('error', () => {
			if (!outgoing.headersSent) outgoing.writeHead(502);
			outgoing.end();
		});
		outgoing.once('close', () => call.destroy());
		incoming.pipe(call);
	});
	const port = await freePort();
	await new Promise<void>((resolve) => {
		server.listen(port, '127.0.0.1', () => resolve());
	});
	return { port, server };
}
