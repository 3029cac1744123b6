import type { Body, BuiltRequest, Connection, Host, HttpOutcome, HttpRequest } from '../../../api';

/** More than any test needs. */
const MANY = 100_000;

/** A host whose answers are scripted; it notes what was sent and how long was waited. */
export class FakeHost implements Host {
	readonly sent: HttpRequest[] = [];
	readonly waits: number[] = [];

	constructor(private readonly script: (request: HttpRequest, count: number) => HttpOutcome) {}

	async send(request: HttpRequest): Promise<HttpOutcome> {
		this.sent.push(request);
		// Whatever repeats without end fails here; otherwise it would keep the test run from ending.
		if (this.sent.length > MANY) throw new Error('There is no end of calls');
		return this.script(request, this.sent.length);
	}

	/** Passes at once; the clock goes on. */
	async sleep(milliseconds: number): Promise<void> {
		this.waits.push(milliseconds);
		this.time += milliseconds;
	}

	private time = 0;
	/** What the clock on the wall shows when the test starts; a test that sets it moves no duration. */
	wall = Date.parse('2026-11-22T12:00:00Z');
	now = () => this.wall + this.time;
	private looks = 0;
	monotonic = () => {
		if (++this.looks > MANY) throw new Error('There is no end of looks at the clock');
		return this.time;
	};
	random = () => 1;

	get connection(): Connection {
		return { host: this, baseUrl: 'https://api.smtp2go.com/v3' };
	}

	/** The paths called, in order. */
	get paths(): string[] {
		return this.sent.map(({ url }) => url.replace('https://api.smtp2go.com/v3', ''));
	}
}

/** What a body says, whether it is text or bytes. */
export function parsed(body: Body): Record<string, unknown> {
	return JSON.parse(typeof body === 'string' ? body : Buffer.from(body).toString('utf8')) as Record<string, unknown>;
}

/** The text of the body that a request would send. */
export async function textOf(request: BuiltRequest): Promise<string> {
	const body = await request.encode();
	if (!body.ok) throw body.error;
	return typeof body.value === 'string' ? body.value : Buffer.from(body.value).toString('utf8');
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
