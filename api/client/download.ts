/** Downloads the file that a response points to, such as the original of an archived email. */
import { Smtp2goError } from '../core/errors';
import { failure, success, type Result } from '../core/result';
import { isPrivateHostname } from '../formats/hostnames';
import { stringOrEmpty, type Json } from '../core/json';
import { formatNumber } from '../core/format';
import type { Operation } from '../catalogue/types';
import type { WireObject } from '../files/wire';
import type { Connection } from './call';
import type { FileOutcome } from './transport';
import { valueAt } from './simplify';

/** A file with its content. */
export interface DownloadedFile {
	readonly filename: string;
	readonly mimetype: string;
	readonly content: Uint8Array;
}

/** The maximum size in bytes. SMTP2GO accepts no larger email. */
const MAX_BYTES = 64_000_000;
/** The timeout of a download in milliseconds. */
const TIMEOUT = 120_000;
/** The number of attempts, and the longest pause between them in milliseconds. */
const ATTEMPTS = 3;
const PAUSE = 2_000;

/**
 * Returns what is wrong with a download URL, or undefined. SMTP2GO does not document the hostname of its files, so any
 * public one is accepted over https. In the custom region, the server of the base URL may serve the files itself.
 */
function flawOf(url: string, baseUrl: string): string | undefined {
	if (!URL.canParse(url)) return 'SMTP2GO provided no link to it';
	const { origin, protocol, hostname, username, password } = new URL(url);
	if (username !== '' || password !== '') return 'its link contains a username or password';
	if (origin === new URL(baseUrl).origin) return undefined;
	if (protocol !== 'https:') return 'its link does not start with https://';
	return isPrivateHostname(hostname) ? `its link leads to ${hostname}, which is a private address` : undefined;
}

/** The error of a failed download. It changes nothing, so it can be retried. */
function notHad(
	{ path }: Operation,
	why: string,
	more: { httpStatus?: number; networkCode?: string; hint?: string } = {},
): Result<never> {
	return failure(
		new Smtp2goError('server', `SMTP2GO found the email, but its file could not be downloaded: ${why}`, {
			hint: 'Try again later, or turn off Download and open the link yourself',
			endpoint: path,
			...more,
		}),
	);
}

/** True if another attempt may succeed. */
function mayPass(outcome: FileOutcome): boolean {
	return outcome.answered ? outcome.status >= 500 || outcome.status === 429 : outcome.code !== 'EMSGSIZE';
}

async function fetchFile({ host, signal }: Connection, url: string): Promise<FileOutcome | undefined> {
	let outcome: FileOutcome | undefined;
	for (let attempt = 0; attempt < ATTEMPTS && !signal?.aborted; attempt++) {
		if (attempt > 0) await host.sleep(host.random() * PAUSE, signal);
		outcome = await host.download?.({ url, timeoutMs: TIMEOUT, mostBytes: MAX_BYTES, signal });
		if (outcome === undefined || !mayPass(outcome)) return outcome;
	}
	return outcome;
}

/** Returns a name that every file system accepts. */
function nameOf(text: string, extension: string): string {
	return `${text.replace(/[^\w.-]+/g, '-').slice(0, 100) || 'file'}${extension}`;
}

/**
 * Downloads the file that a response points to, if the request asks for it. The link itself is secret: the key is not
 * sent along, redirects are not followed, and both size and time are limited.
 * @param data of the response
 * @returns undefined if the request does not ask for a file
 */
export async function downloadFrom(
	connection: Connection,
	operation: Operation,
	responseOptions: WireObject,
	data: Json,
): Promise<Result<DownloadedFile | undefined>> {
	const { file } = operation.result;
	if (file === undefined || responseOptions[file.wantedBy] !== true) return success(undefined);
	const record = Array.isArray(data) ? (data[0] ?? null) : data;
	const url = stringOrEmpty(valueAt(record, file.at));
	const problem = flawOf(url, connection.baseUrl);
	if (problem !== undefined) return notHad(operation, problem);
	const outcome = await fetchFile(connection, url);
	if (outcome === undefined) return notHad(operation, 'the download was canceled');
	if (!outcome.answered)
		return notHad(
			operation,
			outcome.code === 'EMSGSIZE' ? `it is larger than ${formatNumber(MAX_BYTES)} bytes` : outcome.message,
			{ networkCode: outcome.code },
		);
	const { status, bytes } = outcome;
	if (status !== 200) return notHad(operation, `the link returned HTTP status ${status}`, { httpStatus: status });
	return success({
		filename: nameOf(stringOrEmpty(valueAt(record, file.name)), file.extension),
		mimetype: file.mimetype,
		content: bytes,
	});
}
