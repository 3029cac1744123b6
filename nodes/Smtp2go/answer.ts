/** The answer to a call, read as it comes: no longer than the call may take, and no more than an answer may hold. */
import type { IN8nHttpFullResponse } from 'n8n-workflow';
import { LONGEST_ANSWER, grouped, outcomeOfFault, type HttpOutcome } from '../../api';

/** A body that comes in pieces: what n8n's helper gives out for `encoding: 'stream'`, already unpacked. */
interface Pieces extends AsyncIterable<Uint8Array> {
	destroy?(): unknown;
}

function isPieces(body: unknown): body is Pieces {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/** A call that was given up. Something of it may have arrived. */
export function givenUp(code: string, message: string): HttpOutcome {
	return { answered: false, arrived: 'unknown', code, message };
}

/** The text of the pieces; undefined where it grows longer than an answer may be. To leave the loop closes the connection. */
async function textOf(pieces: Pieces): Promise<string | undefined> {
	const decoder = new TextDecoder();
	let text = '';
	let bytes = 0;
	for await (const piece of pieces) {
		bytes += piece.byteLength;
		if (bytes > LONGEST_ANSWER) return undefined;
		text += decoder.decode(piece, { stream: true });
	}
	return text + decoder.decode();
}

/**
 * Reads an answer. The call has arrived by then: whatever happens here, it is answered, or its outcome is unknown.
 * @param signal ends the reading
 */
export async function readAnswer({ statusCode, headers, body }: IN8nHttpFullResponse, signal: AbortSignal): Promise<HttpOutcome> {
	const answer = {
		answered: true as const,
		status: statusCode,
		headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
	};
	const pieces: unknown = body;
	if (!isPieces(pieces)) return { ...answer, text: typeof pieces === 'string' ? pieces : '' };
	const close = () => { pieces.destroy?.(); };
	signal.addEventListener('abort', close, { once: true });
	try {
		const text = await textOf(pieces);
		return text === undefined ? givenUp('EMSGSIZE', `The answer is longer than ${grouped(LONGEST_ANSWER)} bytes`) : { ...answer, text };
	} catch (error) {
		const fault = outcomeOfFault(error);
		return fault.answered ? fault : { ...fault, arrived: 'unknown' };
	} finally {
		signal.removeEventListener('abort', close);
	}
}
