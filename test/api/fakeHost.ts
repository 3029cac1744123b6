import type { Connection, Host, HttpOutcome, HttpRequest } from '../../api';

/** A host whose answers are scripted; it notes what was sent and how long was waited. */
export class FakeHost implements Host {
	readonly sent: HttpRequest[] = [];
	readonly waits: number[] = [];

	constructor(private readonly script: (request: HttpRequest, count: number) => HttpOutcome) {}

	async send(request: HttpRequest): Promise<HttpOutcome> {
		this.sent.push(request);
		return this.script(request, this.sent.length);
	}

	async sleep(milliseconds: number): Promise<void> {
		this.waits.push(milliseconds);
	}

	now = () => Date.parse('2026-11-22T12:00:00Z');
	random = () => 1;

	get connection(): Connection {
		return { host: this, baseUrl: 'https://api.smtp2go.com/v3' };
	}

	/** The paths called, in order. */
	get paths(): string[] {
		return this.sent.map(({ url }) => url.replace('https://api.smtp2go.com/v3', ''));
	}
}

/** An answer with a JSON body. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): HttpOutcome {
	return { answered: true, status, headers, text: JSON.stringify(body) };
}

/** An answer that is HTTP 200 with this `data`. */
export function data(value: unknown): HttpOutcome {
	return json(200, { request_id: 'r-1', data: value });
}

/** No answer. */
export function fault(arrived: 'no' | 'unknown', code: string): HttpOutcome {
	return { answered: false, arrived, code, message: `fault ${code}` };
}
