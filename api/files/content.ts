/** The content of a file. It stays raw until the request is written, so that it is never in memory twice. */
import { formatNumber } from '../core/format';

/** A file that is not in memory yet. Its size is known. Its content is read in pieces when the request is written. */
export interface FileSource {
	/** The size in bytes. */
	readonly size: number;
	/** Reads the first bytes, to detect the type of the file. */
	readonly head?: Uint8Array | undefined;
	/** Reads the content from its start, in pieces of any size. Called once each time the request is written. */
	read(): AsyncIterable<Uint8Array>;
}

/** True for a file that is read later. */
export function isFileSource(value: unknown): value is FileSource {
	return (
		typeof value === 'object' &&
		value !== null &&
		'size' in value &&
		typeof value.size === 'number' &&
		'read' in value &&
		typeof value.read === 'function'
	);
}

/** The number of bytes to encode at once: a multiple of three, so that there is no padding between pieces. */
const PIECE = 3 * 16_384;
/** The number of Base64 characters that are enough to detect the type of a file. */
const HEAD = 1024;

/** Returns the same memory as a Buffer. */
function bufferOf(bytes: Uint8Array): Buffer {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Writes Base64 in pieces. Up to two bytes wait for the next piece. */
class Base64Writer {
	private waiting: Buffer = Buffer.alloc(0);
	/** The number of bytes received. */
	taken = 0;

	constructor(
		private readonly target: Buffer,
		private position: number,
	) {}

	/** Adds the next bytes of the file. */
	add(bytes: Uint8Array): void {
		this.taken += bytes.byteLength;
		let from = 0;
		if (this.waiting.length > 0) {
			from = Math.min(3 - this.waiting.length, bytes.byteLength);
			this.waiting = Buffer.concat([this.waiting, bytes.subarray(0, from)]);
			if (this.waiting.length < 3) return;
			this.put(this.waiting);
		}
		const whole = bytes.byteLength - ((bytes.byteLength - from) % 3);
		for (; from < whole; from += PIECE) this.put(bufferOf(bytes.subarray(from, Math.min(from + PIECE, whole))));
		this.waiting = Buffer.from(bytes.subarray(whole));
	}

	/** Writes the remaining bytes with padding. */
	end(): void {
		this.put(this.waiting);
	}

	private put(bytes: Buffer): void {
		this.position += this.target.write(bytes.toString('base64'), this.position, 'latin1');
	}
}

/** One file's content: bytes, text in Base64, or a file that is read later. */
export class FileContent {
	/** @param origin text must be Base64 without line ends */
	constructor(private readonly origin: Uint8Array | string | FileSource) {}

	/** The length in Base64, in characters, which is also its bytes in the request. */
	get length(): number {
		if (typeof this.origin === 'string') return this.origin.length;
		const bytes = this.origin instanceof Uint8Array ? this.origin.byteLength : this.origin.size;
		return 4 * Math.ceil(bytes / 3);
	}

	/** The first bytes, as far as they are known. */
	get head(): Uint8Array {
		if (typeof this.origin === 'string') return Buffer.from(this.origin.slice(0, HEAD), 'base64');
		return this.origin instanceof Uint8Array
			? this.origin.subarray(0, HEAD)
			: (this.origin.head ?? new Uint8Array(0));
	}

	/**
	 * Returns the content up to a number of bytes. It is read if it is not in memory. Empty if the file cannot be read.
	 */
	async beginning(max: number): Promise<Uint8Array> {
		if (typeof this.origin === 'string') return Buffer.from(this.origin.slice(0, 4 * Math.ceil(max / 3)), 'base64');
		if (this.origin instanceof Uint8Array) return this.origin.subarray(0, max);
		const pieces: Uint8Array[] = [];
		let length = 0;
		try {
			for await (const piece of this.origin.read()) {
				pieces.push(piece);
				length += piece.byteLength;
				if (length >= max) break;
			}
		} catch {
			return new Uint8Array(0);
		}
		return Buffer.concat(pieces).subarray(0, max);
	}

	/**
	 * Returns the content in Base64 if it is in memory and has at most `most` characters. Otherwise returns its
	 * beginning and length.
	 */
	preview(max: number, beginning: number): string {
		const isShort = this.length <= max && (typeof this.origin === 'string' || this.origin instanceof Uint8Array);
		const text =
			typeof this.origin === 'string'
				? this.origin.slice(0, max)
				: bufferOf(isShort && this.origin instanceof Uint8Array ? this.origin : this.head).toString('base64');
		return isShort ? text : `${text.slice(0, beginning)}… (${formatNumber(this.length)} characters of Base64)`;
	}

	/**
	 * Writes the content in Base64.
	 * @returns false if the file is longer or shorter than its stated size
	 */
	async writeTo(target: Buffer, position: number): Promise<boolean> {
		if (typeof this.origin === 'string')
			return target.write(this.origin, position, 'latin1') === this.origin.length;
		const writer = new Base64Writer(target, position);
		if (this.origin instanceof Uint8Array) {
			writer.add(this.origin);
			writer.end();
			return true;
		}
		for await (const bytes of this.origin.read()) {
			if (writer.taken + bytes.byteLength > this.origin.size) return false;
			writer.add(bytes);
		}
		writer.end();
		return writer.taken === this.origin.size;
	}
}
