// Renders templates with Handlebars.
import Handlebars from 'handlebars';
import { Refusal } from '../core/refusal';
import type { JsonObject } from '../core/json';

/**
 * Fills in a template part. SMTP2GO says that it supports Handlebars; a missing variable becomes nothing (not known
 * from the live service).
 * @param kind values are escaped in HTML only
 * @throws Refusal if the template cannot be read
 */
export function render(source: string, data: JsonObject, kind: 'html' | 'text'): string {
	const rendered = attempt(() => Handlebars.compile(source, { noEscape: kind === 'text' })(data));
	if (rendered instanceof Error) throw new Refusal(400, `The template could not be rendered: ${rendered.message}`);
	return rendered;
}

function attempt(work: () => string): string | Error {
	try {
		return work();
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}
