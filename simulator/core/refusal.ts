/** SMTP2GO's error codes that were seen in contract or field. */
export const CODES = {
	exception: 'E_ApiResponseCodes.API_EXCEPTION',
	payload: 'E_ApiResponseCodes.NON_VALIDATING_IN_PAYLOAD',
	permission: 'E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED',
	rateLimit: 'E_ApiResponseCodes.REQ_LIMIT_EXCEEDED',
} as const;

/** An API call that is answered with an error. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly code: string = CODES.exception,
		readonly field?: string,
	) {
		super(message);
	}
}
