// `npm start -- n8n`: n8n with our package, a credential for the simulator and the example workflow, active.
import { cacheFolder } from '../cache.mjs';
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installHost } from './install-host.mjs';
import { root } from '../tools.mjs';

const { installPackage, startN8nProcess, N8nClient } = createRequire(import.meta.url)('./n8n-host.cjs');

/** For an n8n that answers on this machine only. */
const owner = { email: 'demo@example.com', password: 'Demo-smtp2go-1' };
const example = join(root, 'examples', 'n8n', 'receipt-and-bounce.json');

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

/** Two n8n on one folder would each spoil the other's data. */
function claim(userFolder) {
	const file = join(userFolder, 'started-by.pid');
	const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
	if (owner > 0 && owner !== process.pid && isAlive(owner))
		throw new Error(
			`"npm start -- n8n" runs already, as process ${owner}. Stop it first: ` +
				`both would use the data in ${userFolder}`,
		);
	writeFileSync(file, String(process.pid));
}

/**
 * Starts n8n. Its data stays in the cache folder, outside the checkout that the lint reads, so what a user builds there
 * is there the next time.
 * @param {{ simulatorUrl: string, apiKey: string, port?: number }} options the running simulator, a key it knows, and
 * the port to use if it is free
 * @returns {Promise<{ url: string, lines: string[], stop(): Promise<void> }>} `lines` is what to tell the user
 */
export async function startN8n({ simulatorUrl, apiKey, port = 5678 }) {
	const hostFolder = await installHost('n8n');
	const userFolder = join(cacheFolder(), 'n8n-home');
	mkdirSync(userFolder, { recursive: true });
	claim(userFolder);
	installPackage(root, userFolder);
	const n8n = await startN8nProcess({ hostFolder, userFolder, port });
	try {
		const client = new N8nClient(n8n.url);
		await client.signIn(owner);
		const credential = await client.saveCredential('SMTP2GO simulator', {
			apiKey,
			region: 'custom',
			baseUrl: `${simulatorUrl}/v3`,
		});
		const workflow = await client.importWorkflow(example, credential);
		// A workflow that is active already keeps the simulator's former address until it is activated again.
		if (workflow.active) await client.deactivate(workflow.id);
		await client.activate(workflow.id);
		return {
			url: n8n.url,
			lines: [
				`n8n:                       ${n8n.url}/workflow/${workflow.id}`,
				`  sign in with             ${owner.email} and ${owner.password}`,
				`  send a receipt:          ${n8n.url}/webhook/order?email=jane@example.com`,
				`  send one that bounces:   ${n8n.url}/webhook/order?email=bounce@example.com`,
				'  then look at Executions: the address is suppressed and the team has an email.',
				'  Open it again, and SMTP2GO rejects the email. bounce%2B2@example.com in its place bounces.',
				'  To try approvals, import examples/n8n/approve-an-invoice.json into a new workflow, and select the credential',
				'  "SMTP2GO simulator" in its three SMTP2GO nodes.',
			],
			stop: n8n.stop,
		};
	} catch (error) {
		await n8n.stop();
		throw error;
	}
}
