#!/usr/bin/env node
// The simulator as a program: `smtp2go-simulator --help`.
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { parseArgs } from 'node:util';
import { DEMO_API_KEY, type SimulatorOptions, startSimulator } from './index';

const HELP = `SMTP2GO on your own machine. No email and no text message leaves it.

  --port <number>        port (default 8025, 0 picks a free one)
  --key <key>            API key with every permission, in SMTP2GO's form: api- and 32 letters or digits
                         (default ${DEMO_API_KEY})
  --file <path>          keep the state in this JSON file
  --listen <address>     address to listen on (default 127.0.0.1; 0.0.0.0 for containers and other machines)
  --url <url>            how containers and other machines reach it, as in http://smtp2go-simulator:8025
  --free-plan            one webhook instead of ten
  --refuse-loopback      refuse webhooks on this machine, as the live service does
  --event-delay <ms>     time between the events of an email (default 600)
  --time-scale <number>  how many times faster than live failed deliveries are repeated (default 60)
  --log-delay <seconds>  entries of the activity log show up within this time, out of order (default 0)
  --history <days>       how many days back the activity log goes (default no limit)
  --help                 this text
`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const OPTIONS = {
	port: text,
	key: text,
	file: text,
	listen: text,
	url: text,
	'event-delay': text,
	'time-scale': text,
	'log-delay': text,
	history: text,
	'free-plan': flag,
	'refuse-loopback': flag,
	help: flag,
} as const;

type Arguments = { [name in keyof typeof OPTIONS]?: string | boolean };

/**
 * A number of the command line.
 * @throws Error it is none, or out of bounds
 */
function numberOf(values: Arguments, name: keyof typeof OPTIONS, initial: number, max = 1e9): number {
	const given = values[name];
	if (given === undefined) return initial;
	const number = given === '' ? NaN : Number(given);
	if (!(number >= 0 && number <= max)) throw new Error(`--${name} must be a number from 0 to ${max}, not "${given}"`);
	return number;
}

function keyOf({ key = DEMO_API_KEY }: Arguments): string {
	if (!/^api-[A-Za-z0-9]{32}$/.test(String(key)))
		throw new Error('--key must be api- and 32 letters or digits, as SMTP2GO gives them');
	return String(key);
}

function urlOf({ url }: Arguments): { url?: string } {
	if (url === undefined) return {};
	if (!URL.canParse(String(url)) || !/^https?:$/.test(new URL(String(url)).protocol))
		throw new Error(`--url must be as in http://smtp2go-simulator:8025, not "${url}"`);
	return { url: String(url) };
}

function optionsFrom(values: Arguments): SimulatorOptions {
	return {
		port: numberOf(values, 'port', 8025, 65_535),
		apiKey: keyOf(values),
		eventDelayMs: numberOf(values, 'event-delay', 600),
		timeScale: numberOf(values, 'time-scale', 60),
		refuseLoopback: values['refuse-loopback'] === true,
		webhookLimit: values['free-plan'] === true ? 1 : 10,
		logMaxDelayMs: numberOf(values, 'log-delay', 0) * 1_000,
		logHistoryDays: values.history === undefined ? null : numberOf(values, 'history', 0),
		...(values.listen === undefined ? {} : { listen: String(values.listen) }),
		...(values.file === undefined ? {} : { file: String(values.file) }),
		...urlOf(values),
	};
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: OPTIONS });
	if (values.help) {
		process.stdout.write(HELP);
		return;
	}
	const options = optionsFrom(values);
	const simulator = await startSimulator(options);
	const isOpen = options.listen !== undefined && !/^(127\.|::1$|localhost$)/.test(options.listen);
	process.stdout.write(
		[
			'SMTP2GO simulator',
			`  page      ${simulator.url}/`,
			`  base URL  ${simulator.apiUrl}`,
			`  API key   ${options.apiKey}`,
			...(isOpen
				? [`Everyone who reaches ${options.listen}:${simulator.port} can read and change everything here.`]
				: []),
			'',
		].join('\n'),
	);
	const stop = (): void => void simulator.stop();
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
	process.stderr.write(`The simulator could not start: ${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
