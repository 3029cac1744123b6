/** What the running Node-RED answers to a dialog. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/**
 * Asks an admin route of ours. Never rejects: no connection and no permission are answers too.
 * @param path below `smtp2go/`; relative, because the editor may live under any root
 */
export function ask<T>(method: 'GET' | 'POST', path: string, data: Readonly<Record<string, string>>): Promise<Answer<T>> {
	const request = method === 'GET' ? { data } : { data: JSON.stringify(data), contentType: 'application/json' };
	return new Promise((resolve) => {
		$.ajax({ url: `smtp2go/${path}`, method, dataType: 'json', ...request })
			.done((answer: Answer<T>) => resolve(answer))
			.fail((_request, status, reason) => resolve({ ok: false, message: String(reason || status) }));
	});
}
