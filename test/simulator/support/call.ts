import { DEMO_API_KEY, type Simulator } from '../../../simulator';

/** What the API answered. */
export interface Called {
	status: number;
	headers: Headers;
	// Tests look into answers of every shape.
	body: { request_id?: string; data?: Record<string, unknown>; [name: string]: unknown };
}

/** Calls an endpoint with the demo key (or another, or none). */
export async function call(
	simulator: Simulator,
	path: string,
	body: unknown = {},
	key: string | null = DEMO_API_KEY,
	method: 'POST' | 'PATCH' = 'POST',
): Promise<Called> {
	const response = await fetch(simulator.apiUrl + path, {
		method,
		headers: { 'content-type': 'application/json', ...(key === null ? {} : { 'x-smtp2go-api-key': key }) },
		body: JSON.stringify(body),
	});
	return { status: response.status, headers: response.headers, body: (await response.json()) as Called['body'] };
}

/** Patches with the demo key. */
export function patch(simulator: Simulator, path: string, body: unknown): Promise<Called> {
	return call(simulator, path, body, DEMO_API_KEY, 'PATCH');
}

/** The texts of a refusal, wherever it carries them: error, its code, and the field it is about. */
export function refusalOf({ status, body }: Called): {
	status: number;
	error: unknown;
	code: unknown;
	field: unknown;
	message: unknown;
} {
	const said = body.data ?? body;
	const invalid = said['field_validation_errors'] as { fieldname?: string; message?: string } | undefined;
	return {
		status,
		error: said['error'],
		code: said['error_code'],
		field: invalid?.fieldname,
		message: invalid?.message,
	};
}

/** Posts to the control API. */
export async function control(simulator: Simulator, path: string, body: unknown = {}): Promise<Called> {
	const response = await fetch(`${simulator.url}/_simulator/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	return { status: response.status, headers: response.headers, body: (await response.json()) as Called['body'] };
}

/** An email that is ready to send. */
export const MAIL = {
	sender: 'Shop <shop@example.com>',
	to: ['ann@example.org'],
	subject: 'Order 1001',
	text_body: 'Thank you',
};
