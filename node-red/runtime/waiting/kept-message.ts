/**
 * A message that waits, as a context store can keep it: plain JSON, with bytes as Base64. What JSON
 * cannot hold, such as `msg.req` and `msg.res`, is left out.
 */
import type { NodeMessage } from 'node-red';
import { isBytes, isRecord, toBytes, type Json } from '../../../api';

/** Maximum depth of nesting. */
const MAX_LEVELS = 100;

/** Properties that hold an open connection. */
const CONNECTIONS = ['req', 'res'];

/** The name of the only property of an object that stands for bytes. In a message, such a name gets one more `$`. */
const BYTES = '$base64';
const ESCAPED = /^\$+base64$/;

/** A copy, and the properties that it lacks, as in `req` or `payload.stream`. */
export interface KeptMessage {
	readonly json: { readonly [name: string]: Json };
	readonly dropped: readonly string[];
}

class Keeper {
	readonly dropped: string[] = [];
	private readonly around: object[] = [];

	/** The copy of a value; undefined if JSON cannot hold it. */
	copy(value: unknown, place: string): Json | undefined {
		if (value === undefined) return undefined;
		if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
		if (typeof value === 'number') return Number.isFinite(value) ? value : this.drop(place);
		if (typeof value !== 'object') return this.drop(place);
		if (isBytes(value)) return { [BYTES]: toBytes(value)?.toString('base64') ?? '' };
		// A date from a Function node belongs to another realm.
		if (Object.prototype.toString.call(value) === '[object Date]') return JSON.parse(JSON.stringify(value)) as Json;
		const isOther = !Array.isArray(value) && !isRecord(value);
		if (isOther || this.around.includes(value) || this.around.length > MAX_LEVELS) return this.drop(place);
		this.around.push(value);
		const copied = Array.isArray(value)
			? value.map((entry, index) => this.copy(entry, `${place}[${index}]`) ?? null)
			: this.copyRecord(value, `${place}.`);
		this.around.pop();
		return copied;
	}

	copyRecord(record: object, prefix: string): Record<string, Json> {
		return Object.fromEntries(
			Object.entries(record).flatMap(([name, value]): [string, Json][] => {
				const copied = this.copy(value, `${prefix}${name}`);
				return copied === undefined ? [] : [[ESCAPED.test(name) ? `$${name}` : name, copied]];
			}),
		);
	}

	private drop(place: string): undefined {
		this.dropped.push(place);
		return undefined;
	}
}

/** Copies a message. */
export function keepMessage(msg: NodeMessage): KeptMessage {
	const keeper = new Keeper();
	const isConnection = (name: string) => CONNECTIONS.includes(name);
	const rest = Object.fromEntries(Object.entries(msg).filter(([name]) => !isConnection(name)));
	const json = keeper.copyRecord(rest, '');
	return { json, dropped: [...Object.keys(msg).filter(isConnection), ...keeper.dropped] };
}

/** The value that a copy stands for. */
function revive(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(revive);
	if (!isRecord(value)) return value;
	const entries = Object.entries(value);
	const [first] = entries;
	if (entries.length === 1 && first?.[0] === BYTES && typeof first[1] === 'string')
		return Buffer.from(first[1], 'base64');
	return Object.fromEntries(entries.map(([name, part]) => [ESCAPED.test(name) ? name.slice(1) : name, revive(part)]));
}

/** The message that a stored copy stands for. */
export function reviveMessage(json: Readonly<Record<string, unknown>>): NodeMessage {
	return revive(json) as NodeMessage;
}
