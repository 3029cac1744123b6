/** The names by which the columns of people's lists are recognized. */

/** What a column can be. All but the names are fields of an email, by their API names. */
export type ColumnUse =
	| 'to'
	| 'name'
	| 'first_name'
	| 'last_name'
	| 'subject'
	| 'html_body'
	| 'text_body'
	| 'sender'
	| 'cc'
	| 'bcc'
	| 'reply_to';

/** One thing that a column can be. */
export interface ColumnKind {
	readonly use: ColumnUse;
	/** As the forms show it. */
	readonly label: string;
	/** Names as `plainName` writes them. If a row has several, the first one with a value counts. */
	readonly names: readonly string[];
	/**
	 * True if it is used only where the builder of the workflow says so: it decides who else gets the email, or who
	 * sends.
	 */
	readonly guarded?: true;
}

/** All of them, in the order of the forms. */
export const columnKinds: readonly ColumnKind[] = [
	{
		use: 'to',
		label: 'Address',
		names: [
			'to',
			'email',
			'emailaddress',
			'mail',
			'mailaddress',
			'recipient',
			'recipients',
			'recipientemail',
			'toemail',
			'toaddress',
			'primaryemail',
			'contactemail',
			'customeremail',
			'useremail',
			'workemail',
			'email1',
			'email1value',
		],
	},
	{
		use: 'name',
		label: 'Name',
		names: ['name', 'fullname', 'displayname', 'recipientname', 'toname', 'contactname', 'customername'],
	},
	{ use: 'first_name', label: 'First Name', names: ['firstname', 'givenname', 'forename'] },
	{ use: 'last_name', label: 'Last Name', names: ['lastname', 'surname', 'familyname'] },
	{ use: 'subject', label: 'Subject', names: ['subject', 'subjectline', 'emailsubject'] },
	{ use: 'html_body', label: 'HTML Body', names: ['htmlbody', 'html', 'bodyhtml', 'htmlcontent'] },
	{ use: 'text_body', label: 'Text Body', names: ['textbody', 'text', 'bodytext', 'plaintext', 'textcontent'] },
	{
		use: 'sender',
		label: 'From',
		names: ['sender', 'from', 'fromemail', 'fromaddress', 'senderemail', 'senderaddress'],
		guarded: true,
	},
	{ use: 'cc', label: 'CC', names: ['cc', 'ccemail', 'ccaddress'], guarded: true },
	{ use: 'bcc', label: 'BCC', names: ['bcc', 'bccemail', 'bccaddress'], guarded: true },
	{ use: 'reply_to', label: 'Reply To', names: ['replyto', 'replytoemail', 'replytoaddress'], guarded: true },
];

/** The longest name of a column that is looked at, in characters. */
const MAX_NAME = 100;

/**
 * Returns the name of a column without case, blanks, invisible characters (a CSV file may begin with a byte order
 * mark), quotes, and punctuation: `E-Mail Address` is `emailaddress`.
 */
export function plainName(column: string): string {
	return column.length > MAX_NAME
		? ''
		: column
				.normalize('NFKC')
				.replace(/[^\p{L}\p{N}]/gu, '')
				.toLowerCase();
}

/** What a name stands for, and its place among the names for the same thing. */
export interface Recognized {
	readonly use: ColumnUse;
	readonly rank: number;
	readonly guarded: boolean;
}

const byName: ReadonlyMap<string, Recognized> = new Map(
	columnKinds.flatMap(({ use, names, guarded }) =>
		names.map((name, rank): [string, Recognized] => [name, { use, rank, guarded: guarded === true }]),
	),
);

/** Returns what a column is, by its plain name; undefined for any other column. */
export function recognized(plain: string): Recognized | undefined {
	return byName.get(plain);
}
