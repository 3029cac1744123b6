/** What a field reads that the dialog leaves alone: `msg.payload.<API field name>`, and for mail what the core e-mail node reads. */
import type { NodeMessage } from 'node-red';
import { coreEmailSource } from './core-email';

/** The property that the general rule reads. */
function fromPayload({ payload }: NodeMessage, field: string): unknown {
	const isRecord = typeof payload === 'object' && payload !== null && !Array.isArray(payload) && !(payload instanceof Uint8Array);
	return isRecord && Object.hasOwn(payload, field) ? (payload as Record<string, unknown>)[field] : undefined;
}

/** The value of a field that was left alone; undefined where the message has none. */
export function readLeftAlone(resource: string, field: string, msg: NodeMessage): unknown {
	return coreEmailSource(resource, field)?.read(msg) ?? fromPayload(msg, field);
}

/** What a dialog shows for a field that is left alone, as in `msg.payload.email_address`. */
export function showLeftAlone(resource: string, field: string): string {
	return coreEmailSource(resource, field)?.shows ?? `msg.payload.${field}`;
}
