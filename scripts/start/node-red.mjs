// Starts Node-RED with the built package and the example flow, set up to use a simulator.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../tools.mjs';

const { freePort } = createRequire(import.meta.url)('./n8n-host.cjs');

const HOME = join(root, '.build/node-red-home');
const FIRST_PORT = 1880;
/** Milliseconds that Node-RED may take until it answers; it took about 2 s here. */
const START_TIME = 60_000;
/** Milliseconds that Node-RED may take to stop before it is killed. */
const STOP_TIME = 20_000;

/**
 * Makes a user folder with the built package on the first run; what a person changes in it stays.
 * @param {string} home absolute path
 */
export function prepareHome(home) {
	mkdirSync(join(home, 'node_modules'), { recursive: true });
	const link = join(home, 'node_modules/node-red-contrib-smtp2go');
	rmSync(link, { force: true });
	symlinkSync(join(root, 'dist-node-red'), link, 'junction');
	if (!existsSync(join(home, 'package.json')))
		writeFileSync(join(home, 'package.json'), '{ "name": "node-red-home", "private": true, "version": "1.0.0" }\n');
	if (existsSync(join(home, 'settings.js'))) return;
	writeFileSync(
		join(home, 'settings.js'),
		`// Written once by npm start; yours to change.
module.exports = {
	flowFile: 'flows.json',
	credentialSecret: '${randomBytes(16).toString('hex')}',
	uiHost: '127.0.0.1',
	telemetry: { enabled: false, updateNotification: false },
	editorTheme: { tours: false },
	contextStorage: { default: { module: 'localfilesystem', config: { flushInterval: 1 } } },
};
`,
	);
}

/** Shows the warnings and errors of Node-RED's log, whole ones only: a chunk may end within a line. */
function showTroubles(stream) {
	createInterface({ input: stream }).on('line', (line) => {
		if (/ - \[(warn|error|fatal)\]|Uncaught Exception/.test(line)) console.log(`Node-RED: ${line}`);
	});
}

/**
 * Runs Node-RED on a user folder and resolves when it answers.
 * @param {string} home absolute path
 * @param {number} port
 * @param {string[]} options of its command line, besides these
 * @returns {Promise<{ stop(): Promise<void> }>}
 */
export async function launch(home, port, options = []) {
	const child = spawn(
		process.execPath,
		[join(root, 'node_modules/node-red/red.js'), '--userDir', home, '--port', String(port), ...options],
		{ cwd: home, stdio: ['ignore', 'pipe', 'pipe'] },
	);
	let log = '';
	const ended = new Promise((resolve) => {
		child.once('exit', resolve);
	});
	// Whatever ends this process, at once or while Node-RED still starts, takes Node-RED along.
	const takeAlong = () => child.kill('SIGKILL');
	process.once('exit', takeAlong);
	void ended.then(() => process.off('exit', takeAlong));
	await new Promise((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error(`Node-RED did not start:\n${log}`)), START_TIME);
		const read = (chunk) => {
			log = `${log}${chunk}`.slice(-20_000);
			if (log.includes('Server now running')) {
				clearTimeout(timer);
				resolve();
			}
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
		child.once('exit', (code) => {
			clearTimeout(timer);
			reject(new Error(`Node-RED ended with ${code}:\n${log}`));
		});
	});
	showTroubles(child.stdout);
	showTroubles(child.stderr);
	const stop = async () => {
		child.kill('SIGTERM');
		const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIME);
		await ended;
		clearTimeout(timer);
	};
	return { stop };
}

/**
 * Asks Node-RED's admin API.
 * @param {string} url of Node-RED
 * @param {string} path with its slash
 * @param {RequestInit} options of the request
 * @returns {Promise<any>} the response as JSON; undefined if it is empty
 */
export async function admin(url, path, options = {}) {
	const response = await fetch(`${url}${path}`, {
		...options,
		headers: { 'Content-Type': 'application/json', 'Node-RED-API-Version': 'v2', ...options.headers },
	});
	if (!response.ok) throw new Error(`Node-RED answered ${path} with ${response.status}: ${await response.text()}`);
	return response.status === 204 ? undefined : response.json();
}

/** ID of the demo's account. Every example that is imported later finds it and uses it. */
const ACCOUNT = 'rb.account';

/**
 * An example with an account for its nodes.
 * @param {string} name of its file, without `.json`
 * @param {{ id: string }} account its ID, and the properties to set
 * @returns {(object & { id: string, type: string })[]} the nodes
 */
export function exampleFlow(name, account) {
	const flow = JSON.parse(readFileSync(join(root, 'examples/node-red', `${name}.json`), 'utf8'));
	return [
		{ type: 'smtp2go-account', name: 'Simulator', hookAuth: 'bearer', version: 1, ...account },
		...flow.map((node) => ('account' in node ? { ...node, account: account.id } : node)),
	];
}

/**
 * Puts the example on the canvas on the first run, and points its account to the simulator on every run, unless a
 * person has given it a region of SMTP2GO's.
 */
async function setUpFlows(url, simulatorUrl, apiKey) {
	const { flows, rev } = await admin(url, '/flows');
	const there = flows.find(({ id }) => id === ACCOUNT);
	if (there && there.region !== 'custom') return;
	const target = { region: 'custom', baseUrl: `${simulatorUrl}/v3`, publicUrl: url, credentials: { apiKey } };
	const demo = exampleFlow('receipt-and-bounce', { id: ACCOUNT });
	const wanted = (there ? flows : [...flows.filter(({ type }) => type !== 'tab'), ...demo]).map((node) =>
		node.id === ACCOUNT ? { ...node, ...target } : node,
	);
	await admin(url, '/flows', {
		method: 'POST',
		headers: { 'Node-RED-Deployment-Type': 'full' },
		body: JSON.stringify({ flows: wanted, rev }),
	});
}

/**
 * Starts Node-RED with the example flow deployed. Needs a build of dist-node-red/.
 * @param {{ simulatorUrl: string, apiKey: string, port?: number }} options the simulator's address without `/v3`, a
 * key it knows, and the port to use if it is free
 * @returns {Promise<{ url: string, lines: string[], stop(): Promise<void> }>} its address, what to tell the user, and
 * how to stop it
 */
export async function startNodeRed({ simulatorUrl, apiKey, port: wanted = FIRST_PORT }) {
	prepareHome(HOME);
	const port = await freePort(wanted);
	const { stop } = await launch(HOME, port);
	const url = `http://127.0.0.1:${port}`;
	try {
		await setUpFlows(url, simulatorUrl, apiKey);
	} catch (error) {
		await stop();
		throw error;
	}
	const lines = [
		`Node-RED    ${url}`,
		'  Click the button on "Bob pays (bounces)". A second later, the second flow marks Bob, suppresses his address and',
		'  notifies the team. The emails are on the page of the simulator.',
		'  Click it again, and SMTP2GO rejects the email. "Forgive Bob" removes his address from the suppression list.',
		'  To try approvals: Import > Examples > approve-an-invoice, deploy, and click "New invoice".',
	];
	return { url, lines, stop };
}
