/** The parameters of "Auto-Map Input Data": each input item is a row of a list, and becomes an email. */
import {
	columnKinds,
	problemPolicies,
	type Choice,
	type ColumnUse,
	type Field,
	type ProblemPolicy,
} from '../../../api';

/** The collection with the columns of the list. */
export const COLUMNS = 'columns';
/** The value of `dataMode` in which the columns of an item are its fields. Named as in n8n's own nodes. */
export const AUTO_MAP = 'autoMapInputData';

export const dataMode = {
	name: 'dataMode',
	label: 'Mapping Mode',
	kind: 'choice',
	required: true,
	default: 'defineBelow',
	help: 'How the input items become emails',
	choices: [
		{ value: 'defineBelow', label: 'Map Each Field Below', help: 'Set the value for each field' },
		{
			value: AUTO_MAP,
			label: 'Auto-Map Input Data',
			help: 'Use if each input item is a row of a list, with columns such as Email, Name, and Subject',
		},
	],
} as const satisfies Field;

/** Shown in that mode. */
export const AUTO_MAP_NOTICE =
	'In this mode, each input item becomes an email. Columns such as Email, Name, and Subject become its fields, and ' +
	'with a template, all other columns become variables. A field that you fill in below applies to all emails.';

/** The API field that the rows set in that mode, and never the form. */
export const ROW_FIELD = 'to';

const columnHelp: Readonly<Record<ColumnUse, string>> = {
	to: 'The column with the address of the recipient',
	name: 'The column with the name of the recipient',
	first_name: 'The column with the first name of the recipient',
	last_name: 'The column with the last name of the recipient',
	subject: 'The column with the subject. If it is empty, Subject applies.',
	html_body: 'The column with the HTML body. If it is empty, HTML Body applies.',
	text_body: 'The column with the plain-text body. If it is empty, Text Body applies.',
	sender: 'The column with the sender. If it is empty, From applies.',
	cc: 'The column with the CC recipients. If it is empty, CC applies.',
	bcc: 'The column with the BCC recipients. If it is empty, BCC applies.',
	reply_to: 'The column with the address for replies. If it is empty, Reply To applies.',
};

/** The options that assign a column, by what the column is. */
export const columnFields: readonly (readonly [ColumnUse, Field])[] = columnKinds.map(({ use, label }) => [
	use,
	{
		name: `${use.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())}Column`.replace(
			/^to/,
			'address',
		),
		label: `${label} Column`,
		kind: 'text',
		help: columnHelp[use],
		placeholder: 'e.g. Contact Email',
	},
]);

export const columnsToUse = {
	name: 'columnsToUse',
	label: 'Columns to Use',
	kind: 'choice',
	default: 'recipient',
	help: 'Which columns are recognized by their names. Columns that you assign are always used.',
	choices: [
		{
			value: 'recipient',
			label: 'Recipient and Content',
			help: 'Address, name, subject, HTML body, text body, and template variables',
		},
		{
			value: 'all',
			label: 'All Known Columns',
			help: 'Also From, CC, BCC, and Reply To. Use it only for lists from a source that you trust.',
		},
	],
} as const satisfies Field;

const policyTexts: Readonly<Record<ProblemPolicy, Omit<Choice, 'value'>>> = {
	skip: { label: 'Skip', help: 'Send the other rows. The output says which rows were skipped, and why.' },
	fail: { label: 'Fail', help: 'Send nothing if any row has a problem' },
	report: { label: 'Report', help: 'Send nothing, and return the result of the check for each row' },
};
export const problemRows = {
	name: 'problemRows',
	label: 'Problem Rows',
	kind: 'choice',
	default: 'skip' satisfies ProblemPolicy,
	help:
		'What to do with a row that has no valid address, an address that an earlier row has, or one that is ' +
		'suppressed. All rows are checked before any email is sent.',
	choices: problemPolicies.map((value): Choice => ({ value, ...policyTexts[value] })),
} as const satisfies Field;

export const checkSuppressions = {
	name: 'checkSuppressions',
	label: 'Check Suppressions',
	kind: 'boolean',
	default: true,
	help:
		'Whether to look up the addresses in the suppressions and the allowed recipients before any email is sent. ' +
		'The API key needs the permissions /suppression/view and /allowed_recipients/view.',
} as const satisfies Field;

export const allowDuplicates = {
	name: 'allowDuplicates',
	label: 'Allow Duplicates',
	kind: 'boolean',
	default: false,
	help:
		'Whether to send an email for each row, even if several rows have the same address. ' +
		'Turn this on if each row is a separate email, such as a receipt.',
} as const satisfies Field;

/** The options among the sending options that only this mode has. */
export const mergeSendingOptions: readonly Field[] = [problemRows, checkSuppressions, allowDuplicates];
