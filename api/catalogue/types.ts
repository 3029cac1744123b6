/**
 * The words in which the catalogue describes SMTP2GO's API: fields, operations, resources.
 * A record is data only; each host defines once what a kind looks like and how its value is read.
 */
import type { FixedJson } from '../core/json';
import type { Kind } from '../kinds';

/**
 * What an operation does to the world. `destroys` cannot be undone, `sends` leaves the account (email, SMS):
 * the client repeats a call only if its effect makes that safe.
 */
export type Effect = 'reads' | 'writes' | 'destroys' | 'sends';

/** One of the values a `choice` or `choices` field takes; `label` and `help` are what a person reads. */
export interface Choice {
	readonly value: string;
	readonly label: string;
	readonly help?: string;
}

/** One field of an operation. */
export interface Field {
	/** The API's own name, as in `html_body`. */
	readonly name: string;
	/**
	 * The n8n parameter, where it is not the camelCase of `name` (the same parameter must mean the same kind
	 * everywhere).
	 */
	readonly param?: string;
	/** Title Case, as a form shows it. */
	readonly label: string;
	readonly kind: Kind;
	/** The API refuses the call without it. */
	readonly required?: true;
	/** Shown beside the required fields though the API can do without it. */
	readonly main?: true;
	/** What the form starts with; sent only where a person leaves it visible in the form. */
	readonly default?: FixedJson;
	/**
	 * True where the default is meant when nothing is given, whatever the form. Only for values that do no harm unseen.
	 */
	readonly assumed?: true;
	/**
	 * Another name of the value, under which a list of the API gives it: a message that came from there can be passed
	 * on.
	 */
	readonly alias?: string;
	/** One line of help, without a full stop when it is one sentence. */
	readonly help: string;
	readonly placeholder?: string;
	readonly choices?: readonly Choice[];
	/** Least value of a number, least length of a text (characters), least count of a list. */
	readonly min?: number;
	/** Greatest value, length (characters) or count. */
	readonly max?: number;
	/** Name of the field that replaces this one: asked for only while that one is empty. */
	readonly hiddenBy?: string;
	/** Name of the field that this one belongs to: asked for only while that one is filled. */
	readonly shownWith?: string;
	/** True for a text that becomes a line of the email's header: it takes no line end. */
	readonly line?: true;
	/** True for a text that is the ID of one thing: blanks and invisible characters around it are removed. */
	readonly id?: true;
	/** True for a wish about the answer, which is not the API's and never travels. */
	readonly local?: true;
}

/**
 * How a long list is read page by page. `token`: the answer's `continue_token` is sent back; `page`: pages are counted
 * from 1.
 */
export interface Paging {
	readonly by: 'token' | 'page';
	/** The request field that sets the page's length, and the greatest length worth asking for. */
	readonly size?: { readonly name: string; readonly max: number };
}

/** At most so many calls in any so many seconds, for each key. */
export interface Rate {
	readonly calls: number;
	readonly seconds: number;
}

/**
 * What a user gets from the response: the record or list at a path under `data` (`''` is `data` itself), a note that
 * something was deleted, or `data` unchanged (`done`).
 */
export interface ResponseShape {
	readonly is: 'record' | 'list' | 'deleted' | 'sent' | 'texted' | 'batch' | 'done';
	readonly at?: string;
	/**
	 * Where the answer lists more than the one record asked for: the request's field, and where a record says the same.
	 */
	readonly same?: { readonly field: string; readonly at: string };
	/** The fields of a simplified record, at most ten; `domain.fulldomain` is the field of a field. */
	readonly simple?: readonly string[];
	/** Fields of a record that may arrive as text (`"0.00"`) and are numbers. */
	readonly numbers?: readonly string[];
	/** Fields of a record that are moments, in whatever form they arrive. */
	readonly dates?: readonly string[];
	/** The most entries that SMTP2GO gives, where it may give no way to read on. */
	readonly cap?: number;
	/** The yes or no of an entry that tells whether it was done, and what to say where none was. */
	readonly done?: { readonly at: string; readonly otherwise: string };
	/** What a user gets for one email of the sample, if it is reshaped (see client/sent.ts). */
	readonly shown?: FixedJson;
	/**
	 * The file that a record points to: where its URL and the text for its name stand, and the field of the request (a
	 * `local` one) that asks for it.
	 */
	readonly file?: {
		readonly at: string;
		readonly name: string;
		readonly extension: string;
		readonly mimetype: string;
		readonly wantedBy: string;
	};
	/** Where the answer counts all that matched, read or not. */
	readonly total?: string;
	/**
	 * Fields that are left out of the answer, the raw one too, unless the named field of the request (a `local` one) is
	 * yes.
	 */
	readonly secret?: { readonly fields: readonly string[]; readonly wantedBy: string };
}

/** One operation of the API. */
export interface Operation {
	/** A verb, the same on both hosts, never renamed: users' saved flows hold it. */
	readonly key: string;
	/** The name in a list of operations, Title Case. */
	readonly label: string;
	/** A sentence for a menu and for an AI agent, as in `Send email`. */
	readonly action: string;
	/** One line: what it does. */
	readonly help: string;
	readonly method: 'POST' | 'PATCH';
	/** Below the region's base URL; also the name of the permission a key needs. */
	readonly path: string;
	readonly effect: Effect;
	readonly fields: readonly Field[];
	/** Groups of field names of which at least one must be given, beyond the `required` ones. */
	readonly needs?: readonly (readonly string[])[];
	readonly paging?: Paging;
	/**
	 * What several of these calls can be put together as: emails of one `/email/batch`, numbers of one text message.
	 */
	readonly together?: 'mails' | 'texts';
	/** How often SMTP2GO accepts this call, if known. */
	readonly rate?: Rate;
	readonly result: ResponseShape;
	/** What a person should know before running it: shown in both editors. */
	readonly notice?: string;
	/**
	 * True where the API wants the account's key as `api_key` in the body: the host puts it there at the last moment,
	 * as it does with the header.
	 */
	readonly keyInBody?: true;
	/** `data` of an answer, from the contract's example. */
	readonly sample: FixedJson;
}

/** A group of operations on one thing. */
export interface Resource {
	readonly key: string;
	/** Singular, Title Case. */
	readonly label: string;
	/** The name of the resource's separate node, if the label would be cut off or sound odd. */
	readonly nodeLabel?: string;
	readonly help: string;
	readonly operations: readonly Operation[];
}
