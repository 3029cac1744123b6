/** What a file is, told from its first bytes: for files whose name and origin say nothing. */

/** How files of a type begin: bytes in hexadecimal, after so many others. Facts from the formats' own specifications. */
const beginnings: readonly { readonly type: string; readonly bytes: string; readonly after?: number }[] = [
	{ type: 'application/pdf', bytes: '255044462d' },
	{ type: 'image/png', bytes: '89504e470d0a1a0a' },
	{ type: 'image/jpeg', bytes: 'ffd8ff' },
	{ type: 'image/gif', bytes: '47494638' },
	{ type: 'image/webp', bytes: '57454250', after: 8 },
	{ type: 'image/tiff', bytes: '49492a00' },
	{ type: 'image/tiff', bytes: '4d4d002a' },
	{ type: 'image/bmp', bytes: '424d' },
	{ type: 'audio/wav', bytes: '57415645', after: 8 },
	{ type: 'audio/mpeg', bytes: '494433' },
	{ type: 'video/mp4', bytes: '66747970', after: 4 },
	{ type: 'application/gzip', bytes: '1f8b08' },
	{ type: 'application/x-7z-compressed', bytes: '377abcaf271c' },
	{ type: 'application/zip', bytes: '504b0304' },
	{ type: 'application/zip', bytes: '504b0506' },
	{ type: 'application/rtf', bytes: '7b5c727466' },
];

/** The type by the first bytes (a dozen are enough); undefined where they are those of no known one. */
export function typeOfContent(head: Uint8Array): string | undefined {
	const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 16)).toString('hex');
	return beginnings.find(({ bytes, after = 0 }) => text.startsWith(bytes, after * 2))?.type;
}
