// The JSON around each response, for success and for errors.
import { newUuid } from '../core/ids';
import type { Json, JsonObject } from '../core/json';
import type { FieldFailure } from '../schema/readers';
import { CODES, Refusal } from '../core/refusal';

/** An API answer before it is written. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: JsonObject;
}

/** `{ request_id, data }`; an endpoint without data answers without the key. */
export function success(data: Json | undefined): Answer {
	return { status: 200, headers: {}, body: { request_id: newUuid(), ...(data === undefined ? {} : { data }) } };
}

/** An error in one of the two documented shapes: inside `data`, or beside `request_id`. */
export function failure(refusal: Refusal, shape: 'data' | 'top'): Answer {
	const { status, message, code, field } = refusal;
	const invalid = field === undefined ? {} : { field_validation_errors: { fieldname: field, message } };
	const error = field === undefined ? message : 'An error occurred processing the json data you sent';
	const keys: JsonObject = { error, error_code: code, ...invalid };
	const body: JsonObject = { request_id: newUuid(), ...(shape === 'data' ? { data: keys } : keys) };
	return { status, headers: {}, body };
}

/** A value that broke the contract, as a refusal. */
export function invalid({ fieldname, message }: FieldFailure): Refusal {
	return new Refusal(400, message, CODES.payload, fieldname);
}
