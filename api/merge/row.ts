/** Reads a row of a list: which of its columns are fields of an email, and which are variables of a template. */
import { isRecord } from '../core/json';
import { personOf, quotedName } from '../formats/mailbox';
import { trimmed } from '../core/invisible';
import { columnKinds, plainName, recognized, type ColumnUse, type Recognized } from './names';

/** How the columns of a list are read. */
export interface Columns {
	/** The columns that the builder of the workflow assigned, by what they are. They need no known name. */
	readonly assigned: Readonly<Partial<Record<ColumnUse, string>>>;
	/**
	 * True if From, CC, BCC and Reply To are also read from columns with a known name. Whoever writes such a list
	 * decides who gets the emails, and in whose name.
	 */
	readonly all: boolean;
}

/** A row, by the use of its columns. */
export interface ReadRow {
	/** Values of assigned columns, by use. A column without a value has the value `undefined`. */
	readonly assigned: ReadonlyMap<string, unknown>;
	/** Values of columns with known names, by use. */
	readonly named: ReadonlyMap<string, unknown>;
	/** The row itself. */
	readonly row: Readonly<Record<string, unknown>>;
	/** The columns that became recipients, sender or Reply To. All others can be variables of a template. */
	readonly taken: ReadonlySet<string>;
	/** The columns that were recognized, but may not be used. */
	readonly unused: readonly string[];
}

/** Known names are kept for this many columns; lists have fewer, and rows of chance must not fill the memory. */
const MAX_KEPT = 2_000;
/** Uses that decide who gets the email and who sends it. */
const ADDRESSES: readonly ColumnUse[] = ['to', 'sender', 'cc', 'bcc', 'reply_to'];
/** Fields of a row's content, which a template replaces. */
const CONTENT: readonly string[] = ['subject', 'html_body', 'text_body'];
const BODIES: readonly string[] = ['html_body', 'text_body'];
/** Fields of an email that a row can set. */
const FIELDS: readonly string[] = ['to', 'sender', ...CONTENT, 'cc', 'bcc', 'reply_to'];

/** True for a cell without a value. */
export function isBlankCell(value: unknown): boolean {
	return (
		value === undefined ||
		value === null ||
		(typeof value === 'string' && trimmed(value) === '') ||
		(Array.isArray(value) && value.length === 0)
	);
}

/** A name as one line of text, or an empty text if the cell holds none. */
function nameText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number'
		? trimmed(String(value).replace(/[\s\p{Cc}]+/gu, ' '))
		: '';
}

/** `Name <address>`, if the cell of the address holds one address without a name. */
function withName(address: unknown, name: string): unknown {
	if (typeof address !== 'string' || name === '') return address;
	const person = personOf(address);
	if ('problem' in person || person.text !== person.address || name === person.address) return address;
	return `${quotedName(name)} <${person.address}>`;
}

/** A column that was found for a use. */
interface Found {
	readonly value: unknown;
	readonly rank: number;
	readonly column: string;
}

/** Reads the rows of one list. */
export class RowReader {
	/** What each column is, by its name. */
	private readonly known = new Map<string, Recognized | undefined>();
	/** The assigned columns, by use. */
	private readonly uses: readonly (readonly [ColumnUse, string])[];
	/** Their plain names: a list may write them in another case. */
	private readonly assignedNames: ReadonlySet<string>;

	constructor(private readonly columns: Columns) {
		this.uses = columnKinds.flatMap(({ use }): [ColumnUse, string][] => {
			const column = columns.assigned[use];
			return column === undefined || trimmed(column) === '' ? [] : [[use, column]];
		});
		this.assignedNames = new Set(this.uses.map(([, column]) => plainName(column)));
	}

	/**
	 * Reads one row, in linear time. Nothing of it is changed or copied.
	 * @param row a JSON object; its own properties are the columns
	 */
	read(row: Readonly<Record<string, unknown>>): ReadRow {
		const best = new Map<ColumnUse, Found>();
		const spellings = new Map<string, string>();
		const unused: string[] = [];
		for (const column of Object.keys(row)) {
			if (this.uses.length > 0) spellings.set(plainName(column), column);
			const what = this.whatIs(column);
			const value = row[column];
			if (what === undefined || isBlankCell(value)) continue;
			if (what.guarded && !this.columns.all) unused.push(column);
			else if (what.rank < (best.get(what.use)?.rank ?? Infinity))
				best.set(what.use, { value, rank: what.rank, column });
		}
		const taken = new Set<string>();
		const take = (use: ColumnUse, column: string) => {
			if (ADDRESSES.includes(use)) taken.add(column);
		};
		const assigned = new Map<ColumnUse, unknown>();
		for (const [use, name] of this.uses) {
			const column = Object.hasOwn(row, name) ? name : spellings.get(plainName(name));
			const value = column === undefined ? undefined : row[column];
			// An assigned column without a value keeps its use: no other one takes its place.
			assigned.set(use, isBlankCell(value) ? undefined : value);
			if (column !== undefined) take(use, column);
		}
		const named = new Map<ColumnUse, unknown>();
		for (const [use, { value, column }] of best) {
			if (assigned.has(use)) continue;
			named.set(use, value);
			take(use, column);
		}
		for (const values of [assigned, named])
			if (values.has('to')) values.set('to', withName(values.get('to'), nameIn(assigned, named)));
		return { assigned, named, row, taken, unused };
	}

	/** What a column is by its name; undefined for an assigned one, which is what it was assigned to. */
	private whatIs(column: string): Recognized | undefined {
		if (this.known.has(column)) return this.known.get(column);
		const plain = plainName(column);
		const what = this.assignedNames.has(plain) ? undefined : recognized(plain);
		if (plain !== '' && this.known.size < MAX_KEPT) this.known.set(column, what);
		return what;
	}
}

/** The name of the recipient: its own column, or the first and the last name. */
function nameIn(assigned: ReadonlyMap<ColumnUse, unknown>, named: ReadonlyMap<ColumnUse, unknown>): string {
	const textOf = (use: ColumnUse) => nameText(assigned.has(use) ? assigned.get(use) : named.get(use));
	return textOf('name') || [textOf('first_name'), textOf('last_name')].filter((part) => part !== '').join(' ');
}

/** The recipients of a row, as `to` takes them; undefined if it names none. */
export function rowRecipients({ assigned, named }: ReadRow): unknown {
	return assigned.has('to') ? assigned.get('to') : named.get('to');
}

/** True if a value was set. */
function isSet(value: unknown): boolean {
	return !isBlankCell(value);
}

/**
 * The values of an email: an assigned column first, then the form, then a column with a known name. So what the form
 * sets applies to all rows, and no row can change it unless a column was assigned.
 * @param form values by API field name, without the recipients
 * @returns values as `buildRequest` takes them
 */
export function mergedValues(form: Readonly<Record<string, unknown>>, row: ReadRow): Record<string, unknown> {
	const hasTemplate = isSet(form['template_id']);
	const hasBody = BODIES.some((name) => isSet(form[name]));
	const values: Record<string, unknown> = { ...form };
	for (const field of FIELDS) {
		if (hasTemplate && CONTENT.includes(field)) continue;
		const own = row.assigned.get(field);
		if (own !== undefined) values[field] = own;
		// A body of the form is the whole content: a row adds no HTML to a text, and no text to HTML.
		else if (!isSet(form[field]) && !row.assigned.has(field) && !(hasBody && BODIES.includes(field))) {
			const named = row.named.get(field);
			if (named !== undefined) values[field] = named;
		}
	}
	if (hasTemplate) values['template_data'] = templateValues(form['template_data'], row);
	return values;
}

/** The columns of a row that can be variables of a template: all that have a value and are not an address. */
export function rowVariables({ row, taken }: ReadRow): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(row).filter(([column, value]) => !taken.has(column) && value !== undefined && value !== null),
	);
}

/** The variables of a row. Those that the form sets apply to all rows. */
function templateValues(form: unknown, row: ReadRow): unknown {
	if (isSet(form) && !isRecord(form)) return form;
	return { ...rowVariables(row), ...(isRecord(form) ? form : {}) };
}
