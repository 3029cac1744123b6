/** What a report reads: each part whole, or a note that says why it is missing. */
import type { Smtp2goError } from '../core/errors';
import type { Result } from '../core/result';

/** Errors of the account or the run, not of a part: no other part would do better. */
const ENDS_ALL: ReadonlySet<Smtp2goError['type']> = new Set(['auth', 'cancelled']);

/** The parts of one report, as far as they could be read. */
export class Reading {
	/** What the report does not say, and why. */
	readonly notes: string[] = [];
	/** The error that ends the report. */
	ended: Smtp2goError | undefined;
	/** The first error of a part. */
	first: Smtp2goError | undefined;

	private readonly missing = new Set<string>();

	/** Endpoints that the key cannot call, in the order in which they were missed. */
	get missingPermissions(): string[] {
		return [...this.missing];
	}

	/** True if the key has no permission for an endpoint. */
	lacks(path: string): boolean {
		return this.missing.has(path);
	}

	note(text: string): void {
		if (!this.notes.includes(text)) this.notes.push(text);
	}

	/**
	 * Takes the result of a part.
	 * @param what the beginning of a sentence, as in `The quota`
	 * @returns undefined if it could not be read; then a note says why
	 */
	take<T>(what: string, result: Result<T>): T | undefined {
		if (result.ok) return result.value;
		const { error } = result;
		this.first ??= error;
		const { endpoint } = error.details;
		if (ENDS_ALL.has(error.type)) this.ended ??= error;
		else if (error.type === 'permission' && endpoint !== undefined) {
			this.missing.add(endpoint);
			this.note(`${what} is missing, because the API key has no permission for ${endpoint}.`);
		} else this.note(`${what} could not be read. ${error.message.replace(/\.?$/, '.')}`);
		return undefined;
	}
}
