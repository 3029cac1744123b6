/** An account's webhook without a Node-RED around it, and with timers that go off when a test says so. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import type { EventEmitter } from 'node:events';
import { readFilter, type Smtp2goError } from '../../../api';
import type { HookState, Subscriber } from '../../../node-red/runtime/events/subscriber';
import type { HookMemory } from '../../../node-red/runtime/hook/hook-memory';
import type { HookSettings } from '../../../node-red/runtime/hook/hook-settings';
import { Registration } from '../../../node-red/runtime/hook/registration';
import type { Runtime } from '../../../node-red/runtime/platform/runtime';
import { DEMO_API_KEY, startSimulator, type Simulator } from '../../../simulator';

/** The account's URL. */
export const OURS = 'https://flows.example.com/smtp2go/account';

const times = { firstRetry: 17, lastRetry: 60, check: 900_001, removal: 200 };
/** The delays that the registration's own timers can have. */
const DELAYS = [17, 34, 60, 900_001];

/** What differs from an account with a public URL and a key. */
export interface Given {
	readonly hook?: Partial<HookSettings>;
	readonly settings?: object;
	readonly server?: EventEmitter & { listening: boolean };
}

/** A trigger, with what it was shown and told. */
export function trigger(id: string, more: Partial<Subscriber> = {}) {
	const states: HookState[] = [];
	const failures: string[] = [];
	const subscriber: Subscriber = {
		id,
		source: 'webhook',
		events: ['bounce'],
		smsEvents: [],
		filter: readFilter({}),
		skipRepeated: true,
		show: (state) => void states.push(state),
		fail: ({ message }: Smtp2goError) => void failures.push(message),
		deliver: () => undefined,
		...more,
	};
	return { subscriber, states, failures, shown: () => states.map(({ is }) => is) };
}

/** SMTP2GO, and one account of a Node-RED. Its memory stays from one registration to the next, as between deploys. */
export class LoneAccount {
	simulator!: Simulator;
	memory!: HookMemory;
	/** The timers that are due later, in the order in which they were set. */
	timers!: { delay: number; run: () => void; unref: () => void }[];
	/** How many of them do not keep the process alive. */
	unreferenced!: number;
	/** What the account's node wrote to the log. */
	log!: string[];

	private running: Registration | undefined;

	/** Prepares each test of a file. */
	constructor() {
		beforeAll(async () => {
			this.simulator = await startSimulator({ probe: 'none' });
		});
		afterAll(() => this.simulator.stop());
		beforeEach(() => {
			this.memory = { work: Promise.resolve(), locations: new Map(), checkedForStrays: false };
			this.running = undefined;
			[this.timers, this.unreferenced, this.log] = [[], 0, []];
			// The check comes a tenth earlier or later.
			jest.spyOn(Math, 'random').mockReturnValue(0.5);
			this.holdTimers();
		});
		afterEach(() => {
			jest.restoreAllMocks();
			this.simulator.reset();
		});
	}

	private holdTimers(): void {
		const { setTimeout: set, clearTimeout: clear } = globalThis;
		jest.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, delay = 0, ...rest: unknown[]) => {
			if (!DELAYS.includes(delay)) return set(run, delay, ...rest);
			const timer = { delay, run, unref: () => void this.unreferenced++ };
			this.timers.push(timer);
			return timer;
		}) as never);
		jest.spyOn(globalThis, 'clearTimeout').mockImplementation((timer) => {
			const at = this.timers.findIndex((one) => one === (timer as unknown));
			if (at === -1) clear(timer);
			else this.timers.splice(at, 1);
		});
	}

	/** The account's node as a deploy makes it. */
	registration({ hook, settings, server }: Given = {}): Registration {
		const RED = {
			settings: { smtp2goTimes: times },
			server,
			_: (text: string, values?: object) => `${text}${values ? JSON.stringify(values) : ''}`,
		} as unknown as Runtime;
		const write = (level: string) => (text: unknown) => void this.log.push(`${level}: ${String(text)}`);
		return new Registration(
			RED,
			{
				node: { id: 'account', log: write('log'), warn: write('warn'), error: write('error') },
				settings: { apiKey: DEMO_API_KEY, region: 'custom', baseUrl: this.simulator.apiUrl, ...settings },
				hookSettings: {
					path: '/smtp2go/account',
					address: OURS,
					callbackUrl: OURS,
					auth: { type: 'bearer', value: 's', secret: 's' },
					headers: ['X-Order'],
					users: [],
					subaccount: undefined,
					...hook,
				},
			},
			this.memory,
		);
	}

	/** Waits until the work on the webhook has ended. */
	async settled(): Promise<void> {
		for (let work; work !== this.memory.work; ) await (work = this.memory.work);
	}

	async reconcile(one: Registration): Promise<void> {
		one.reconcile();
		await this.settled();
	}

	/** A deploy, which replaces the account's node: the new one with its triggers, once its work has ended. */
	async deployed(given: Given = {}, triggers = [trigger('t')]): Promise<Registration> {
		await this.running?.close(false);
		const one = this.registration(given);
		this.running = one;
		for (const { subscriber } of triggers) one.subscribe(subscriber);
		await this.reconcile(one);
		return one;
	}

	/** Lets the only timer go off, and waits until its work has ended. */
	async goOff(): Promise<void> {
		expect(this.timers).toHaveLength(1);
		this.timers.pop()?.run();
		await this.settled();
	}

	get delays(): number[] {
		return this.timers.map(({ delay }) => delay);
	}

	/** The calls since the last look. */
	calls(): string[] {
		return this.simulator.state.requests.splice(0).map(({ path }) => path.replace('/webhook/', ''));
	}

	get urls(): string[] {
		return this.simulator.state.hooks.map(({ url }) => url);
	}

	/** For each location, the URLs of our webhooks, and whether this process created them; last, the ID. */
	get places() {
		return [...this.memory.locations.values()].map(({ urls, hookId }) => [...urls, hookId]);
	}

	/** Lets calls fail. */
	fail(message: string, path = '*', times = 1): void {
		this.simulator.setFault({ path, fault: 'error', status: 400, message, times });
	}
}
