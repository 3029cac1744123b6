/** The forms inside a form: an email's files and its own headers, one entry after the other. */
import type { INodeProperties } from 'n8n-workflow';

type Entries = Pick<INodeProperties, 'placeholder' | 'typeOptions' | 'options'>;

/** What entries of files are, and what is said of their parts. */
interface FileWords {
	/** What one entry is. */
	readonly thing: string;
	/** What the file's name means there. */
	readonly nameLabel: string;
	readonly nameHelp: string;
	readonly binaryHelp: string;
}

const OR_EXPRESSION = 'A file from an expression works too, as in $input.item.binary.data.';

export const attachment: FileWords = {
	thing: 'Attachment',
	nameLabel: 'File Name',
	nameHelp: 'If empty, the file keeps its own name',
	binaryHelp: `Use * for all files of the item. If the HTML body has &lt;img src="cid:NAME"&gt; with the name of the field or file, an attached image is also shown inside the email. ${OR_EXPRESSION}`,
};

export const inlineImage: FileWords = {
	thing: 'Inline Image',
	nameLabel: 'Content ID',
	nameHelp: 'If empty, it is the name that the HTML body uses for the file, or the name of the file itself',
	binaryHelp: `The HTML body shows the file with &lt;img src="cid:NAME"&gt; and the name of its field or file. With a pattern such as *, only the files that the HTML body shows are sent. ${OR_EXPRESSION}`,
};

/** Entries of files, each from the source chosen when it is added: `nodes/Smtp2go/values/files.ts` reads them. */
export function files({ thing, nameLabel, nameHelp, binaryHelp }: FileWords): Entries {
	const filename: INodeProperties = {
		displayName: nameLabel,
		name: 'filename',
		type: 'string',
		default: '',
		placeholder: 'e.g. receipt.pdf',
		description: nameHelp,
	};
	const named: INodeProperties = { ...filename, description: 'The name under which the recipient gets it' };
	const mimetype: INodeProperties = {
		displayName: 'MIME Type',
		name: 'mimetype',
		type: 'string',
		default: '',
		placeholder: 'e.g. application/pdf',
		description: 'If empty, it is taken from the file itself',
	};
	return {
		placeholder: `Add ${thing}`,
		typeOptions: { multipleValues: true, sortable: true },
		options: [
			{
				name: 'binary',
				displayName: 'Binary File',
				values: [
					{
						displayName: 'Input Binary Field',
						name: 'binary',
						type: 'string',
						default: 'data',
						placeholder: 'e.g. data',
						hint: 'The name of the input field that holds the file. Separate several names with commas. * matches any characters, as in invoice_*',
						description: binaryHelp,
					},
					filename,
					mimetype,
				],
			},
			{
				name: 'url',
				displayName: 'URL',
				values: [
					{
						displayName: 'URL',
						name: 'url',
						type: 'string',
						default: '',
						placeholder: 'e.g. https://example.com/receipt.pdf',
						description: 'Where SMTP2GO fetches the file from',
					},
					filename,
					mimetype,
				],
			},
			{
				name: 'base64',
				displayName: 'Base64',
				values: [
					{
						displayName: 'Content',
						name: 'content',
						type: 'string',
						default: '',
						typeOptions: { rows: 3 },
						description: "The file's content in Base64",
					},
					named,
					mimetype,
				],
			},
			{
				name: 'json',
				displayName: 'JSON List',
				values: [
					{
						displayName: 'Files',
						name: 'files',
						type: 'json',
						default: '[]',
						description:
							'A list of files from an expression, each an object with filename, mimetype, and the content in Base64 as fileblob',
					},
				],
			},
		],
	};
}

/** Entries of headers. */
export const headers: Entries = {
	placeholder: 'Add Header',
	typeOptions: { multipleValues: true },
	options: [
		{
			name: 'headers',
			displayName: 'Header',
			values: [
				{ displayName: 'Name', name: 'header', type: 'string', default: '', placeholder: 'e.g. X-Order-ID' },
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
		{
			name: 'json',
			displayName: 'JSON',
			values: [
				{
					displayName: 'Headers',
					name: 'headers',
					type: 'json',
					default: '{}',
					description: 'An object of header names and values, or a list of objects with header and value',
				},
			],
		},
	],
};
