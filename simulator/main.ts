// The simulator as a program: `node main.js --help`.
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { parseArgs } from 'node:util';
import { DEMO_API_KEY, type SimulatorOptions, startSimulator } from './index';

const HELP = `SMTP2GO on your own machine

  --port <number>        port on 127.0.0.1 (default 8025, 0 picks a free one)
  --file <path>          keep the state in this JSON file
  --free-plan            one webhook instead of ten
  --refuse-loopback      refuse webhooks on this machine, as the live service does
  --event-delay <ms>     time between the events of an email (default 600)
  --time-scale <number>  how many times faster than live failed deliveries are repeated (default 60)
  --log-delay <seconds>  entries of the activity log show up within this time, out of order (default 0)
  --history <days>       how many days back the activity log goes (default no limit)
  --help                 this text
`;

function optionsFrom(values: ReturnType<typeof readArguments>): SimulatorOptions {
	return {
		port: Number(values.port ?? 8025),
		eventDelayMs: Number(values['event-delay'] ?? 600),
		timeScale: Number(values['time-scale'] ?? 60),
		refuseLoopback: values['refuse-loopback'] ?? false,
		webhookLimit: values['free-plan'] ? 1 : 10,
		logMaxDelayMs: Number(values['log-delay'] ?? 0) * 1_000,
		logHistoryDays: values.history === undefined ? null : Number(values.history),
		...(values.file === undefined ? {} : { file: values.file }),
	};
}

function readArguments(): {
	[name in 'port' | 'file' | 'event-delay' | 'time-scale' | 'log-delay' | 'history']?: string;
} & {
	[name in 'free-plan' | 'refuse-loopback' | 'help']?: boolean;
} {
	const text = { type: 'string' } as const;
	const flag = { type: 'boolean' } as const;
	return parseArgs({
		options: {
			port: text,
			file: text,
			'event-delay': text,
			'time-scale': text,
			'log-delay': text,
			history: text,
			'free-plan': flag,
			'refuse-loopback': flag,
			help: flag,
		},
	}).values;
}

async function main(): Promise<void> {
	const values = readArguments();
	if (values.help) {
		process.stdout.write(HELP);
		return;
	}
	const simulator = await startSimulator(optionsFrom(values));
	process.stdout.write(
		`SMTP2GO simulator\n  page      ${simulator.url}/\n  base URL  ${simulator.apiUrl}\n  API key   ` +
			`${DEMO_API_KEY}\n`,
	);
	const stop = (): void => void simulator.stop();
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
	process.stderr.write(`The simulator could not start: ${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
