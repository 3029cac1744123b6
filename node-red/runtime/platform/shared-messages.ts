/** The messages that all our node sets share: their errors are in the catalog of the editor plugin, once a language. */
import type { NodeAPI } from 'node-red';
import { speakLike } from './api-texts';
import type { Runtime } from './runtime';

const SHARED = 'node-red-contrib-smtp2go/smtp2go-editor:';
/** The parts of that catalog that the runtime reads. */
const PARTS = /^(errors|own)\./;

/** Node-RED's API, which finds the shared messages as well as those of the node set. */
export function withSharedMessages(api: NodeAPI): Runtime {
	const words: Runtime['_'] = (key: string, ...rest: []) => api._(PARTS.test(key) ? `${SHARED}${key}` : key, ...rest);
	const RED = Object.create(api, { _: { value: words } }) as Runtime;
	speakLike(RED);
	return RED;
}

/**
 * The same API, whose messages are in the language of the editor that asks. Node-RED has loaded them for that editor.
 * @param language of an `Accept-Language` header; empty for Node-RED's own
 */
export function inLanguage(RED: Runtime, language: string): Runtime {
	const [lng = ''] = language.split(/[,;]/);
	if (lng === '' || lng === '*') return RED;
	const words = (key: string, options?: object) => RED._(key, { ...options, lng });
	return Object.create(RED, { _: { value: words } }) as Runtime;
}
