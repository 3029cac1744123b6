/** Values in a request: JSON, and files that are not encoded yet. */
import type { Json } from '../core/json';
import type { FileContent } from './content';

/** A value in a request: JSON with files that are not encoded yet. */
export type Wire = Json | FileContent | Wire[] | WireObject;

/** The fields of a body. */
export interface WireObject {
	[key: string]: Wire;
}

/** Returns the entries of a list, or none for anything else. */
export function wireEntries(value: Wire | undefined): Wire[] {
	return Array.isArray(value) ? value : [];
}
