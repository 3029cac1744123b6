/** The file that an answer points to, such as the original of an archived email. */
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

/** Greatest file in bytes: SMTP2GO takes no email that is larger. */
const MAX_BYTES = 64_000_000;
/** Milliseconds that a download may take. */
const TIMEOUT = 120_000;
/** How often it is tried, and the longest pause between, in milliseconds. */
const ATTEMPTS = 3;
const PAUSE = 2_000;

/**
 * What is wrong with an address to fetch from; undefined where it will do. SMTP2GO does not say on which host its files
 * lie, so any public one will do over https. A server that stands for SMTP2GO (custom region) may hold them itself.
 */
function flawOf(url: string, baseUrl: string): string | undefined {
	if (!URL.canParse(url)) return 'SMTP2GO provided no link to it';
	const { origin, protocol, hostname, username, password } = new URL(url);
	if (username !== '' || password !== '') return 'its link contains a username or password';
	if (origin === new URL(baseUrl).origin) return undefined;
	if (protocol !== 'https:') return 'its link does not start with https://';
	return isPrivateHostname(hostname) ? `its link leads to ${hostname}, which is a private address` : undefined;
}

/** The error of a file that could not be had. Nothing was changed by asking, so it may be asked for again. */
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

/** True where another try may bring what the last one did not. */
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

/** A name that every file system takes. */
function nameOf(text: string, extension: string): string {
	return `${text.replace(/[^\w.-]+/g, '-').slice(0, 100) || 'file'}${extension}`;
}

/**
 * Fetches the file that a response points to, if the request asks for it. The link itself is secret: the key is
 * not sent along, redirects are not followed, and both size and time are limited.
 * @param data of the answer
 * @returns undefined where nobody asked for a file
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
