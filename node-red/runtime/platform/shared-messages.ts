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
