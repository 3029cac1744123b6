// `npm start` (Node-RED) and `npm start -- n8n`: builds, starts the simulator and a host with the nodes and an example.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { sh, root } from '../tools.mjs';
import { hosts, stopOnSignal, wantedHost } from './lifecycle.mjs';

const require = createRequire(import.meta.url);
const { freePort } = require('./n8n-host.cjs');
const SIMULATOR_PORT = 8025;

const name = wantedHost('npm start');
console.log('Building ...');
try {
	await sh('gulp', ['build', '--silent'], { stdio: ['ignore', 'inherit', 'inherit'] });
} catch {
	console.error('The build failed; see above.');
	process.exit(1);
}

const running = [];
const { stop } = stopOnSignal(() => running);

try {
	const { startSimulator, DEMO_API_KEY } = require(join(root, '.build', 'simulator'));
	const simulator = await startSimulator({ port: await freePort(SIMULATOR_PORT) });
	running.push(simulator);
	console.log(`The SMTP2GO simulator is running. Starting ${name} ...`);
	const started = await hosts[name]({ simulatorUrl: simulator.url, apiKey: DEMO_API_KEY });
	running.push(started);
	console.log(
		[
			'',
			...started.lines,
			'',
			`Emails, events and webhooks: ${simulator.url}`,
			`SMTP2GO's API, simulated:    ${simulator.apiUrl} (the demo key is set up already; ` +
				'nothing leaves this machine)',
			'',
			'Press Ctrl-C to stop.',
		].join('\n'),
	);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	await stop(1);
}
