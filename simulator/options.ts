// How a simulator can be set up.
import { DEMO_API_KEY } from './core/ids';
import type { Region } from './types';

/** How a simulator behaves. Everything has a default. */
export interface SimulatorOptions {
	/** Port; 0 (default) picks a free one. */
	port?: number;
	/** The address to listen on: 127.0.0.1 (default), or 0.0.0.0 for other machines and containers. */
	listen?: string;
	/**
	 * How other machines and containers reach it, as in `http://smtp2go-simulator:8025`. Default: only this machine.
	 */
	url?: string;
	/** The API key with every permission. Default: the demo key, which everyone knows. */
	apiKey?: string;
	/** JSON file that keeps the state over restarts; none by default. */
	file?: string;
	/** How many hooks the plan allows: 1 free, 10 paid (default). */
	webhookLimit?: number;
	/** How many emails the plan allows a month; the default of 10,000 is reported in the statistics, not enforced. */
	monthlyEmails?: number;
	/** How `/sms/view-received` writes phone numbers: the contract's schema says text (default), its example number. */
	smsNumbers?: 'text' | 'number';
	/** Addresses and domains to send from. Default: example.com, shop.example. */
	verifiedSenders?: string[];
	/** The region this instance stands for: keys of another region are unknown to it. Default `any`. */
	region?: Region;
	/** HTTP status for an unknown key: 500 was seen in the field (default), 401 is documented. */
	unknownKeyStatus?: 401 | 500;
	/** Where an error answer carries its keys: in `data` (default) or beside `request_id`. */
	errorShape?: 'data' | 'top';
	/** Shape of `data` in `/webhook/view`: seen live (array, default), contract (object), WP Email SMTP (webhooks). */
	webhookViewShape?: 'array' | 'object' | 'webhooks';
	/** What `/webhook/edit` does with omitted fields; unknown for the live service. Default `keep`. */
	webhookEdit?: 'keep' | 'reset';
	/** How a hook's URL is probed when it is registered; unknown for the live service. Default `post` (empty). */
	probe?: 'post' | 'get' | 'head' | 'none';
	/** Refuse hooks on loopback and private addresses, as the live service does. Default false. */
	refuseLoopback?: boolean;
	/** Milliseconds between the events of an email. Default 150. */
	eventDelayMs?: number;
	/** How many times faster than live failed deliveries are repeated. 1 is real time; default 60. */
	timeScale?: number;
	/** Milliseconds a receiver has until its response headers. Default 10,000 as live. */
	deliveryTimeoutMs?: number;
	/** Fetch attachments given by URL. Default true; false keeps the URL and an empty file. */
	fetchUrls?: boolean;
	/** Rows in a page of `/suppression/view` and templates without `page_size`. Default 100. */
	pageSize?: number;
	/** How long an entry of the activity log takes to show up at least, in milliseconds. Default 0. */
	logMinDelayMs?: number;
	/** How long it takes at most, in milliseconds: entries then show up out of order. Default 0: at once. */
	logMaxDelayMs?: number;
	/** How many days back the activity log shows: a free plan 5, a paid one 30. Default null: no limit. */
	logHistoryDays?: number | null;
	/** What random delays and generated events follow from. Default 1. */
	seed?: number;
	/** Start with the demo's templates, received SMS and IP addresses. Default true. */
	demo?: boolean;
}

/** Options with every default filled in. */
export type Settings = Required<Omit<SimulatorOptions, 'file' | 'url'>> & {
	file: string | undefined;
	url: string | undefined;
};

/** Fills in the defaults. */
export function settingsOf(options: SimulatorOptions): Settings {
	return {
		port: 0,
		listen: '127.0.0.1',
		apiKey: DEMO_API_KEY,
		webhookLimit: 10,
		monthlyEmails: 10_000,
		smsNumbers: 'text',
		verifiedSenders: ['example.com', 'shop.example'],
		region: 'any',
		unknownKeyStatus: 500,
		errorShape: 'data',
		webhookViewShape: 'array',
		webhookEdit: 'keep',
		probe: 'post',
		refuseLoopback: false,
		eventDelayMs: 150,
		timeScale: 60,
		deliveryTimeoutMs: 10_000,
		fetchUrls: true,
		pageSize: 100,
		logMinDelayMs: 0,
		logMaxDelayMs: 0,
		logHistoryDays: null,
		seed: 1,
		demo: true,
		...options,
		file: options.file,
		url: options.url,
	};
}
