/** What a record of a field kind says. */
import type { KindReader } from './reader';

/** A field kind. `Input` is the type of the values that code hands over; it exists at compile time only. */
export interface KindRecord<Input = unknown> {
	/** Reads any value, or says what is wrong with it. */
	readonly read: KindReader;
	/** Carries the type of the values. No record sets it. */
	readonly input?: Input;
	/** The JSON type in the request. */
	readonly json: 'array' | 'boolean' | 'integer' | 'object' | 'string';
	/** What the minimum and maximum of a field count; a kind without it has neither. */
	readonly counts?: 'characters' | 'entries' | 'value';
	/** How to write a value, in the words of the reference. No host is named. */
	readonly written: string;
	/** True for a kind whose values SMTP2GO can list: forms offer them (see pick-lists/). */
	readonly pickList?: true;
	/** True for a date and time: a host adds the time zone that the user means. */
	readonly isDate?: true;
	/** True for files: a host adds what its own nodes call a file. */
	readonly isFiles?: true;
	/** True for JSON that is sent exactly as written: no digit of a large number is lost. */
	readonly isExact?: true;
}

/**
 * Makes the record of a kind whose values are of type `Input`, as in `kind<string>()({ read: readText, … })`. The
 * second call keeps the record's own type, from which `Kind` and its parts follow.
 */
export function kind<Input>(): <const R extends Omit<KindRecord, 'input'>>(
	record: R,
) => R & { readonly input?: Input } {
	return (record) => record;
}
