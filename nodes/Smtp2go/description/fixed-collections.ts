/** The forms with several entries: the files of an email, and its custom headers. */
import type { INodeProperties } from 'n8n-workflow';

/** The parts of a parameter that make it a fixed collection. */
type FixedCollection = Pick<INodeProperties, 'placeholder' | 'typeOptions' | 'options'>;

/** The texts in which attachments and inline images differ. */
interface FileTexts {
	/** What one entry is. */
	readonly entry: string;
	/** What the name of the file is called, and what it means. */
	readonly nameLabel: string;
	readonly nameHelp: string;
	readonly binaryHelp: string;
}

const OR_EXPRESSION = 'You can also use an expression that resolves to a file, such as $input.item.binary.data.';

export const attachmentTexts: FileTexts = {
	entry: 'Attachment',
	nameLabel: 'File Name',
	nameHelp: 'If empty, the file keeps its own name',
	binaryHelp:
		'Use * for all files of the item. If the HTML body contains &lt;img src="cid:NAME"&gt; ' +
		`with the name of the field or file, an attached image is also shown in the email. ${OR_EXPRESSION}`,
};

export const inlineImageTexts: FileTexts = {
	entry: 'Inline Image',
	nameLabel: 'Content ID',
	nameHelp: 'If empty, the image gets the name that the HTML body uses for it, or else its own file name',
	binaryHelp:
		'Show the image in the HTML body with &lt;img src="cid:NAME"&gt;, where NAME is the name of its field or ' +
		`file. With a pattern such as *, only the images that the HTML body shows are sent. ${OR_EXPRESSION}`,
};

/** Entries of files, each from the source chosen when it is added: `values/files.ts` reads them. */
export function fileCollection({ entry, nameLabel, nameHelp, binaryHelp }: FileTexts): FixedCollection {
	const filename: INodeProperties = {
		displayName: nameLabel,
		name: 'filename',
		type: 'string',
		default: '',
		placeholder: 'e.g. receipt.pdf',
		description: nameHelp,
	};
	const requiredName: INodeProperties = { ...filename, description: 'The name that the recipient sees' };
	const mimetype: INodeProperties = {
		displayName: 'MIME Type',
		name: 'mimetype',
		type: 'string',
		default: '',
		placeholder: 'e.g. application/pdf',
		description: 'If empty, the type is detected from the file',
	};
	return {
		placeholder: `Add ${entry}`,
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
						hint:
							'The name of the input binary field that contains the file. ' +
							'Separate several names with commas. Use * to match any characters, such as invoice_*',
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
						description: 'The public URL from which SMTP2GO downloads the file',
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
						description: 'The content of the file, encoded in Base64',
					},
					requiredName,
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
							'An array of objects with filename, mimetype, and fileblob, which is the content in Base64',
					},
				],
			},
		],
	};
}

/** Entries of headers: `parameters/header-entries.ts` reads them. */
export const headerCollection: FixedCollection = {
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
					description: 'An object with header names and values, or an array of objects with header and value',
				},
			],
		},
	],
};
