/** Requests from a dialog to the running Node-RED. */
export type Answer<T> =
	| { readonly ok: true; readonly value: T }
	| {
			readonly ok: false;
			/** The type of the error: see `ErrorType` of api/core/errors.ts. Undefined if Node-RED did not answer. */
			readonly type?: string;
			readonly message: string;
	  };

/** The message of an error from one of our routes. */
function messageIn(answer: unknown): string | undefined {
	return typeof answer === 'object' && answer !== null && 'message' in answer && typeof answer.message === 'string'
		? answer.message
		: undefined;
}

/**
 * Calls one of our admin routes, which answers in the language of the editor. Never rejects: a failed connection and a
 * missing permission are answers too.
 * @param path below `smtp2go/`; relative, because the editor can be at any path
 */
export function ask<T>(path: string, data: object): Promise<Answer<T>> {
	return new Promise((resolve) => {
		$.ajax({
			url: `smtp2go/${path}`,
			method: 'POST',
			dataType: 'json',
			data: JSON.stringify(data),
			contentType: 'application/json',
			headers: { 'Accept-Language': RED.i18n.lang() },
		})
			.done((answer: Answer<T>) => resolve(answer))
			.fail((request, status, reason) =>
				resolve({ ok: false, message: messageIn(request.responseJSON) ?? String(reason || status) }),
			);
	});
}
