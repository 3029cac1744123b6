// Ctrl-C, for everything that runs a simulator and a host: stops the parts, the last started first.

/** Milliseconds in which a second signal is the same one: a terminal, a shell and npm can each pass it on. */
const ECHO = 1_000;

/**
 * Stops parts on Ctrl-C. A second Ctrl-C ends this process at once, and its children with it.
 * @param {() => { stop(): Promise<void> }[]} parts what runs now, in the order of its start
 * @returns {{ stop(code: number): Promise<void>, isStopping(): boolean }} `stop` stops the parts and ends the process
 * with this code
 */
export function stopOnSignal(parts) {
	/** When it began, in milliseconds since 1970. 0 while the parts run. */
	let stopping = 0;
	const stop = async (code) => {
		if (stopping) {
			if (Date.now() - stopping < ECHO) return;
			process.exit(code || 130);
		}
		stopping = Date.now();
		console.log('\nStopping ...');
		for (const part of [...parts()].reverse()) await part.stop();
		process.exit(code);
	};
	process.on('SIGINT', () => void stop(0));
	process.on('SIGTERM', () => void stop(0));
	return { stop, isStopping: () => stopping > 0 };
}

/** The hosts by the name that a person types. Each is loaded only if it is wanted. */
export const hosts = {
	'node-red': async (options) => (await import('./node-red.mjs')).startNodeRed(options),
	n8n: async (options) => (await import('./n8n.mjs')).startN8n(options),
};

/**
 * The host that the command line names, Node-RED by default. Ends the process if there is none of that name.
 * @param {string} script as in `npm start`
 */
export function wantedHost(script) {
	const name = process.argv[2] ?? 'node-red';
	if (hosts[name]) return name;
	console.error(`There is no host "${name}". Use: ${script}, or ${script} -- n8n`);
	process.exit(1);
}
