/** What a field reads that the dialog leaves alone: `msg.payload.<API field name>`, and for mail what the core e-mail node reads. */
import type { NodeMessage } from 'node-red';
import { coreEmailSource } from './core-email';

/** The property that the general rule reads. */
function fromPayload({ payload }: NodeMessage, field: string): unknown {
	const isRecord = typeof payload === 'object' && payload !== null && !Array.isArray(payload) && !(payload instanceof Uint8Array);
	return isRecord && Object.hasOwn(payload, field) ? (payload as Record<string, unknown>)[field] : undefined;
}

/**
 * The value of a field that was left alone; undefined where the message has none.
 * @param also another name of the value, under which a list of the API gives it
 */
export function readLeftAlone(resource: string, field: string, msg: NodeMessage, also?: string): unknown {
	return coreEmailSource(resource, field)?.read(msg) ?? fromPayload(msg, field) ?? (also === undefined ? undefined : fromPayload(msg, also));
}

/** What a dialog shows for a field that is left alone, as in `msg.payload.email_address`. */
export function showLeftAlone(resource: string, field: string, also?: string): string {
	return coreEmailSource(resource, field)?.shows ?? [field, also].filter((name) => name !== undefined).map((name) => `msg.payload.${name}`).join(', ');
}
