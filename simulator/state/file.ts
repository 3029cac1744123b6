// Keeps the state in a file over restarts.
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { DEMO_API_KEY } from '../core/ids';
import type { State } from './state';
import type { Timers } from '../core/timers';

const KEPT = [
	'keys',
	'account',
	'webhookLimit',
	'hooks',
	'deliveries',
	'suppressions',
	'templates',
	'scheduled',
	'sms',
	'receivedSms',
	'monthlyEmails',
	'usedCorrection',
	'rates',
	'ipPools',
	'logSettings',
	'lastId',
] as const;

/** How long changes gather before the file is written. */
const GATHER_MS = 200;

/**
 * Reads a state that was saved; a missing file is a first start. The file is trusted: this simulator wrote it.
 * @param apiKey the key that this start was given. A saved demo key gives way to it
 */
export function loadState(file: string, state: State, apiKey: string): void {
	if (!existsSync(file)) return;
	const { emails = [], events = [], ...kept } = JSON.parse(readFileSync(file, 'utf8'), revive) as Partial<State>;
	const given = state.keys;
	Object.assign(state, kept);
	if (!state.keys.some(({ key }) => key === apiKey)) state.keys = [...given, ...state.keys];
	if (apiKey !== DEMO_API_KEY) state.keys = state.keys.filter(({ key }) => key !== DEMO_API_KEY);
	for (const email of emails) state.addEmail(email);
	state.addEvents(events.map((event) => ({ event, at: Date.parse(event.time) })));
}

/** Writes the state whenever it has changed; returns a function that writes a last time and ends it. */
export function saveOnChange(file: string, state: State, timers: Timers): () => void {
	let saved = -1;
	let waiting = false;
	const save = (): void => {
		waiting = false;
		if (saved === state.revision) return;
		saved = state.revision;
		const kept = Object.fromEntries(KEPT.map((name) => [name, state[name]]));
		// Generated events can be made again, and would take a second to write.
		const events = state.events.filter(({ generated }) => !generated);
		// Written aside and moved, so that a crash leaves the old file whole. It holds keys: for its owner only.
		writeFileSync(`${file}.new`, JSON.stringify({ ...kept, emails: state.emails, events }, pack), { mode: 0o600 });
		renameSync(`${file}.new`, file);
	};
	const stopListening = state.onChange(() => {
		if (waiting) return;
		waiting = true;
		timers.after(GATHER_MS, save);
	});
	return () => {
		stopListening();
		save();
	};
}

/**
 * JSON has no bytes: they are written as `{ base64 }`. Reads the value from its holder, because Buffer's own toJSON has
 * already turned it into a long list.
 */
function pack(this: Record<string, unknown>, name: string, value: unknown): unknown {
	const original = this[name];
	return Buffer.isBuffer(original) ? { base64: original.toString('base64') } : value;
}

/** Bytes come back as bytes. */
function revive(_name: string, value: unknown): unknown {
	const packed = typeof value === 'object' && value !== null && 'base64' in value && typeof value.base64 === 'string';
	return packed ? Buffer.from(value.base64 as string, 'base64') : value;
}
