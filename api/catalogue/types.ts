/**
 * The types that describe SMTP2GO's API: fields, operations, and resources. A record is data only. Each host defines
 * once what a kind looks like and how its value is read.
 */
import type { FixedJson } from '../core/json';
import type { Kind } from '../kinds';

/**
 * What an operation does. `destroys` cannot be undone, and `sends` leaves the account (email, SMS). The client retries
 * a call only if its effect makes that safe.
 */
export type Effect = 'reads' | 'writes' | 'destroys' | 'sends';

/** One value of a `choice` or `choices` field. `label` and `help` are shown to the user. */
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
	 * The n8n parameter, if it is not the camelCase of `name`. The same parameter must have the same kind everywhere.
	 */
	readonly param?: string;
	/** The label in a form, in title case. */
	readonly label: string;
	readonly kind: Kind;
	/** True if the API rejects the call without this field. */
	readonly required?: true;
	/** True for an optional field that is shown with the required ones. */
	readonly main?: true;
	/** The initial value in a form. It is sent only if the user keeps it in the form. */
	readonly default?: FixedJson;
	/** True if the default also applies without a form. Only for values that do no harm unseen. */
	readonly assumed?: true;
	/** The name of the same value in a list of the API, so that an entry of that list can be the input. */
	readonly alias?: string;
	/** One sentence of help, without a final period. */
	readonly help: string;
	readonly placeholder?: string;
	readonly choices?: readonly Choice[];
	/** The minimum of a number, of the length of a text in characters, or of the entries of a list. */
	readonly min?: number;
	/** The maximum of the same. */
	readonly max?: number;
	/** The name of the field that replaces this one. This field is shown only while that one is empty. */
	readonly hiddenBy?: string;
	/** The name of the field that this one belongs to. This field is shown only while that one has a value. */
	readonly shownWith?: string;
	/** True for text that becomes a header line of the email: it must not contain a line end. */
	readonly line?: true;
	/** True for text that is an ID: spaces and invisible characters around it are removed. */
	readonly id?: true;
	/** True for an option about the response, which is ours and is never sent. */
	readonly local?: true;
}

/**
 * How a long list is read. `token`: the `continue_token` of the response is sent back; `page`: pages are counted from
 * 1.
 */
export interface Paging {
	readonly by: 'token' | 'page';
	/** The request field that sets the page size, and its maximum. */
	readonly size?: { readonly name: string; readonly max: number };
}

/** A rate limit per API key: at most `calls` in any `seconds`. */
export interface Rate {
	readonly calls: number;
	readonly seconds: number;
}

/**
 * What a user gets from the response: the record or list at a path under `data` (`''` is `data` itself), a note that
 * something was deleted, or `data` unchanged (`done`).
 */
export interface ResponseShape {
	readonly is: 'record' | 'list' | 'deleted' | 'sent' | 'sentSms' | 'batch' | 'done';
	readonly at?: string;
	/**
	 * For a response that lists more than the requested record: the field of the request, and the path to the same
	 * value in a record.
	 */
	readonly same?: { readonly field: string; readonly at: string };
	/** The fields of a simplified record, at most ten. `domain.fulldomain` is a nested field. */
	readonly simple?: readonly string[];
	/** Fields that are numbers but may arrive as text (`"0.00"`). */
	readonly numbers?: readonly string[];
	/** Fields that are dates and times, in any format. */
	readonly dates?: readonly string[];
	/** The maximum number of entries that SMTP2GO returns, if there may be no next page. */
	readonly cap?: number;
	/** The path to the boolean that says whether an entry was changed, and the message if none was. */
	readonly done?: { readonly at: string; readonly otherwise: string };
	/** What a user gets for one email of the sample, if it is reshaped (see client/sent.ts). */
	readonly shown?: FixedJson;
	/**
	 * The file that a record points to: the paths to its URL and to the text for its name, and the field of the request
	 * (a `local` one) that asks for it.
	 */
	readonly file?: {
		readonly at: string;
		readonly name: string;
		readonly extension: string;
		readonly mimetype: string;
		readonly wantedBy: string;
	};
	/** The path to the number of all matching entries, whether they were read or not. */
	readonly total?: string;
	/**
	 * Fields that are removed from the response, including the raw one, unless the named `local` field of the request
	 * is true.
	 */
	readonly secret?: { readonly fields: readonly string[]; readonly wantedBy: string };
}

/** What menus, forms, readers and help need of an operation, whoever carries it out. */
export interface OperationBase {
	/** A verb, the same on both hosts. It never changes, because saved flows contain it. */
	readonly key: string;
	/** The name in a list of operations, in title case. */
	readonly label: string;
	/** The sentence for a menu and for an AI agent, such as `Send email`. */
	readonly action: string;
	/** One sentence: what the operation does. */
	readonly help: string;
	readonly effect: Effect;
	readonly fields: readonly Field[];
	/** Groups of field names. At least one field of each group is required. */
	readonly needs?: readonly (readonly string[])[];
	readonly paging?: Paging;
	/** How several calls can be combined: as emails of one `/email/batch`, or as numbers of one text message. */
	readonly together?: 'emails' | 'sms';
	readonly result: ResponseShape;
	/** What the user should know before running the operation. Both editors show it. */
	readonly notice?: string;
	/**
	 * True if the API requires the key as `api_key` in the body. The host adds it at the last moment, as it does with
	 * the header.
	 */
	readonly keyInBody?: true;
	/** `data` of a response, from the contract's example, or the result of a compound operation. */
	readonly sample: FixedJson;
}

/** One operation of the API. */
export interface Operation extends OperationBase {
	readonly method: 'POST' | 'PATCH';
	/** The path after the base URL of the region. It is also the permission that a key needs. */
	readonly path: string;
	/** How often SMTP2GO accepts this call, if known. */
	readonly rate?: Rate;
}

/**
 * An operation of ours that makes several calls, which only read. `api/compound/` has the code that carries it out.
 * Its `result` is a record or a list, and `sample` is that record, or the list.
 */
export interface CompoundOperation extends OperationBase {
	readonly effect: 'reads';
	/** The paths that it always calls, which are also the permissions that a key needs. */
	readonly calls: readonly string[];
	/** Paths without which it gives less. */
	readonly optionalCalls?: readonly string[];
	/** The only host that offers it, if not both do. */
	readonly host?: Host;
}

/** A program that runs the nodes. */
export type Host = 'n8n' | 'node-red';

/** An operation that a user can choose. */
export type OfferedOperation = Operation | CompoundOperation;

/** A group of operations on the same thing. */
export interface Resource<O extends OperationBase = Operation> {
	readonly key: string;
	/** The name in the singular, in title case. */
	readonly label: string;
	/** The name of the resource's own node, if the label is too long or sounds odd. */
	readonly nodeLabel?: string;
	readonly help: string;
	readonly operations: readonly O[];
}

/** A resource with everything that a host offers. */
export type OfferedResource = Resource<OfferedOperation>;
