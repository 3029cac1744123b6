// Installs a whole host (n8n, an older Node-RED) once.
import { installPackages } from '../install-once.mjs';

/** What it takes to install a host: native parts that need their build step, and about how long it took here. */
const hosts = {
	n8n: { version: '2.41.1', rebuild: ['sqlite3'], takes: '3 to 6 minutes, 2.9 GB' },
	'node-red': { version: '4.1.15', takes: 'half a minute, 120 MB' },
};

/**
 * The folder a host is installed in.
 * @param {'n8n' | 'node-red'} name
 * @returns {Promise<string>} absolute path that holds `node_modules/<name>`
 */
export function installHost(name) {
	const { version, ...options } = hosts[name];
	return installPackages(`${name}-${version}`, [`${name}@${version}`], options);
}
