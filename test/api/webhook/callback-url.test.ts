/** Which address SMTP2GO can post events to. */
import { callbackUrlError } from '../../../api';

test.each<[string, boolean, string | undefined]>([
	['https://n8n.example.com/x', false, undefined],
	['http://n8n.example.com/x', false, undefined],
	['http://127.0.0.1/x', true, undefined],
	['http://127.0.0.1/x', false, 'private address'],
	['http://[::1]/x', false, 'private address'],
	['ftp://n8n.example.com/x', true, 'not an http or https URL'],
	['xhttp://n8n.example.com/x', true, 'not an http or https URL'],
	['httpsx://n8n.example.com/x', true, 'not an http or https URL'],
	['nowhere', true, 'not an http or https URL'],
])('%s, private addresses allowed: %s', (url, allowPrivate, problem) => {
	const error = callbackUrlError(url, allowPrivate, 'Do this');
	expect([error?.message.includes(problem ?? '-'), error?.code, error?.details]).toEqual(
		problem === undefined ? [undefined, undefined, undefined] : [true, 'SMTP2GO_INVALID', { hint: 'Do this' }],
	);
});
