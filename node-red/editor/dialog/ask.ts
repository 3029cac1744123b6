/** What the running Node-RED answers to a dialog. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** The sentence of a refusal by a route of ours. */
function messageIn(answer: unknown): string | undefined {
	return typeof answer === 'object' && answer !== null && 'message' in answer && typeof answer.message === 'string'
		? answer.message
		: undefined;
}

/**
 * Asks an admin route of ours. Never rejects: no connection and no permission are answers too.
 * @param path below `smtp2go/`; relative, because the editor may live under any root
 */
export function ask<T>(path: string, data: Readonly<Record<string, string>>): Promise<Answer<T>> {
	return new Promise((resolve) => {
		$.ajax({
			url: `smtp2go/${path}`,
			method: 'POST',
			dataType: 'json',
			data: JSON.stringify(data),
			contentType: 'application/json',
		})
			.done((answer: Answer<T>) => resolve(answer))
			.fail((request, status, reason) =>
				resolve({ ok: false, message: messageIn(request.responseJSON) ?? String(reason || status) }),
			);
	});
}
