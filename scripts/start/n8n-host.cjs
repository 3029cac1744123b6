// A whole n8n with our package inside, and its REST API: for `npm start -- n8n` and for the end-to-end tests, which run
// in
// Jest and therefore need CommonJS.
const { execFileSync, spawn } = require('node:child_process');
const { mkdirSync, mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { createServer } = require('node:net');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const PACKAGE = 'n8n-nodes-smtp2go';
const windows = process.platform === 'win32';

/** The wanted port of 127.0.0.1 if it is free, else any free one. */
function freePort(wanted = 0) {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', (error) => (wanted === 0 ? reject(error) : resolve(freePort(0))));
		probe.listen(wanted, '127.0.0.1', () => {
			const { port } = probe.address();
			probe.close(() => resolve(port));
		});
	});
}

/** Packs the checkout as it would be published and unpacks it where n8n keeps community packages. */
function installPackage(root, userFolder) {
	const packed = mkdtempSync(join(tmpdir(), 'smtp2go-pack-'));
	const [{ filename }] = JSON.parse(
		execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', packed], {
			cwd: root,
			encoding: 'utf8',
			shell: windows,
			stdio: ['ignore', 'pipe', 'ignore'],
		}),
	);
	const target = join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE);
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	execFileSync('tar', ['-xzf', join(packed, filename), '--strip-components=1', '-C', target]);
	rmSync(packed, { recursive: true, force: true });
}

function environmentOf(userFolder, port, brokerPort) {
	return {
		...process.env,
		// Under Jest this is `test`, with which n8n ends at once.
		NODE_ENV: 'production',
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}/`,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
		N8N_LOG_LEVEL: 'warn',
		// Nothing goes out: no telemetry, no look-ups.
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_ONBOARDING_FLOW_DISABLED: 'true',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		EXTERNAL_FRONTEND_HOOKS_URLS: '',
	};
}

async function isUp(url) {
	try {
		return (await fetch(`${url}/healthz/readiness`)).status === 200;
	} catch {
		return false;
	}
}

/**
 * Starts n8n and waits until it answers.
 * @param {{ hostFolder: string, userFolder: string, port?: number, command?: string, env?: Record<string, string> }}
 * options `hostFolder` holds
 * `node_modules/n8n`; n8n keeps its data in `userFolder`; `command` is `start` unless it is to be a `webhook` processor
 * or a `worker`
 * @returns {Promise<{ url: string, pid: number, output(): string, stop(): Promise<void>, kill(): Promise<void> }>}
 */
async function startN8nProcess({ hostFolder, userFolder, port: wanted, command = 'start', env = {} }) {
	const port = await freePort(wanted);
	// With port 0 the runner of Code nodes finds no broker and is started again and again, which costs a fifth of a
	// processor.
	const brokerPort = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const child = spawn(process.execPath, [join(hostFolder, 'node_modules', 'n8n', 'bin', 'n8n'), command], {
		cwd: userFolder,
		env: { ...environmentOf(userFolder, port, brokerPort), ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: !windows,
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (chunk) => {
			output += chunk;
		});
	const ended = new Promise((resolve) => {
		child.once('exit', (code) => resolve(code ?? 0));
	});
	let running = true;
	// Whatever ends this process, at once or while n8n still starts, takes n8n along.
	const takeAlong = () => child.kill('SIGKILL');
	process.once('exit', takeAlong);
	void ended.then(() => {
		running = false;
		process.off('exit', takeAlong);
	});
	for (let waited = 0; !(await isUp(url)); waited += 250) {
		if (!running || waited > 180_000) throw new Error(`n8n did not start:\n${output.slice(-4000)}`);
		await new Promise((resolve) => {
			setTimeout(resolve, 250);
		});
	}
	return {
		url,
		pid: child.pid ?? 0,
		output: () => output,
		async stop() {
			if (!running) return;
			child.kill('SIGTERM');
			const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
			await ended;
			clearTimeout(late);
		},
		/** Ends it as a power cut does. */
		async kill() {
			if (running) child.kill('SIGKILL');
			await ended;
		},
	};
}

/**
 * n8n's REST API as its own editor uses it. The session belongs to a browser's id, so every call carries the same one.
 */
class N8nClient {
	constructor(url) {
		this.url = url;
		this.cookie = '';
	}

	/** One call; throws unless the status is 2xx. Returns what stands under `data`. */
	async call(method, path, body) {
		const response = await fetch(`${this.url}/rest${path}`, {
			method,
			headers: {
				'content-type': 'application/json',
				'browser-id': 'smtp2go-nodes',
				...(this.cookie ? { cookie: this.cookie } : {}),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const cookie = response.headers.getSetCookie().find((text) => text.startsWith('n8n-auth='));
		if (cookie) this.cookie = cookie.split(';')[0];
		const text = await response.text();
		if (!response.ok) throw new Error(`n8n answered ${response.status} to ${method} ${path}: ${text}`);
		return text === '' ? undefined : JSON.parse(text).data;
	}

	/** Signs in. Before the owner has an account, at the first start, this makes it. */
	async signIn({ email, password }) {
		const signedIn = this.call('POST', '/login', { emailOrLdapLoginId: email, password });
		await signedIn.catch((refused) =>
			this.call('POST', '/owner/setup', { email, password, firstName: 'Demo', lastName: 'Owner' }).catch(() => {
				throw refused;
			}),
		);
	}

	/** Makes the credential of that name, or gives it these values. */
	async saveCredential(name, data) {
		const found = (await this.call('GET', '/credentials')).find((credential) => credential.name === name);
		const body = { name, type: 'smtp2goApi', data };
		return found ? this.call('PATCH', `/credentials/${found.id}`, body) : this.call('POST', '/credentials', body);
	}

	/** n8n's own test button. */
	async testCredential({ id, name }, data) {
		return this.call('POST', '/credentials/test', { credentials: { id, name, type: 'smtp2goApi', data } });
	}

	/** Puts a workflow from a file in, with a credential in each of our nodes, unless one of that name is there. */
	async importWorkflow(file, credential) {
		const workflow = JSON.parse(readFileSync(file, 'utf8'));
		const found = (await this.call('GET', '/workflows')).find(({ name }) => name === workflow.name);
		if (found) return this.call('GET', `/workflows/${found.id}`);
		const nodes = workflow.nodes.map((node) =>
			node.type.startsWith(`${PACKAGE}.`)
				? { ...node, credentials: { smtp2goApi: { id: credential.id, name: credential.name } } }
				: node,
		);
		return this.call('POST', '/workflows', { ...workflow, nodes, active: false });
	}

	/** Activates a workflow and waits until its triggers are registered; throws with n8n's own message if one fails. */
	async activate(id) {
		const { versionId } = await this.call('GET', `/workflows/${id}`);
		await this.call('POST', `/workflows/${id}/activate`, { versionId });
		for (let waited = 0; waited < 60_000; waited += 250) {
			const publication = await this.call('GET', `/workflows/${id}/publication-status`);
			if (publication.status === 'published') return;
			if (publication.status !== 'in_progress')
				throw new Error(`The workflow was not activated: ${JSON.stringify(publication)}`);
			await new Promise((resolve) => {
				setTimeout(resolve, 250);
			});
		}
		throw new Error('The workflow was not activated within a minute');
	}

	async deactivate(id) {
		await this.call('POST', `/workflows/${id}/deactivate`);
	}
}

module.exports = { freePort, installPackage, startN8nProcess, N8nClient };
