/** Caches templates for a short time, so that a run of a thousand emails reads each template once. */
import type { Connection } from '../client/call';
import { run } from '../client/run';
import { operationOf } from '../catalogue';
import { isJsonObject } from '../core/json';
import { success, type Result } from '../core/result';
import { readTemplate, type Template } from './index';

const viewTemplate = operationOf('template', 'get');

/** Milliseconds for which a template is assumed to be unchanged. */
const LIFE = 60_000;
/** The same for a template that could not be read: after fixing it, a user wants to see the result soon. */
const LIFE_OF_FAILURE = 10_000;
/** The maximum number of cached templates. Each may have a megabyte. */
const MOST = 50;

interface Kept {
	readonly template: Promise<Result<Template>>;
	until: number;
}

/** The cache of templates, by account and ID. Concurrent reads of a template share one call. */
export class Templates {
	private readonly kept = new Map<string, Kept>();

	/**
	 * Reads a template with the calls of a connection.
	 * @param account name of the key and region that the connection calls with
	 */
	async read(connection: Connection, account: string, id: string): Promise<Result<Template>> {
		const read = await this.shared(connection, account, id);
		if (read.ok || read.error.type !== 'cancelled' || connection.signal?.aborted) return read;
		// Another run started the read and was canceled. This run reads the template itself.
		return readFrom(connection, id);
	}

	private shared(connection: Connection, account: string, id: string): Promise<Result<Template>> {
		const name = JSON.stringify([account, id]);
		const { monotonic } = connection.host;
		const known = this.kept.get(name);
		if (known && monotonic() < known.until) return known.template;
		const kept: Kept = { template: readFrom(connection, id), until: monotonic() + LIFE };
		this.kept.delete(name);
		this.kept.set(name, kept);
		void kept.template.then((read) => {
			kept.until = monotonic() + (read.ok ? LIFE : LIFE_OF_FAILURE);
			// A canceled request says nothing about the template: the next one asks again.
			if (!read.ok && read.error.type === 'cancelled') this.kept.delete(name);
		});
		this.forgetOldest();
		return kept.template;
	}

	private forgetOldest(): void {
		const [oldest] = this.kept.keys();
		if (this.kept.size > MOST && oldest !== undefined) this.kept.delete(oldest);
	}
}

async function readFrom(connection: Connection, id: string): Promise<Result<Template>> {
	const outcome = await run(connection, viewTemplate, { id });
	if (!outcome.ok) return outcome;
	const { result } = outcome.value;
	return success(readTemplate(isJsonObject(result) ? { ...result, id } : { id }));
}
