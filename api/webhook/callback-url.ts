/** Checks whether SMTP2GO can reach a callback address. */
import { Smtp2goError } from '../core/errors';
import { isPrivateHostname } from '../formats/hostnames';
import { withoutSecret } from '../formats/urls';

const HINT = 'SMTP2GO must be able to reach it from the Internet. Use a public address or a tunnel';

/**
 * Returns what is wrong with a callback address.
 * @param allowPrivate true for a custom region, whose server may be on this machine
 * @param hint what to do about it, in the terms of the host
 * @returns undefined if the address is valid
 */
export function callbackUrlError(url: string, allowPrivate: boolean, hint = HINT): Smtp2goError | undefined {
	if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
		return new Smtp2goError('invalid', `The callback address "${withoutSecret(url)}" is not an http or https URL`, {
			hint,
		});
	}
	if (allowPrivate || !isPrivateHostname(new URL(url).hostname)) return undefined;
	return new Smtp2goError('invalid', `SMTP2GO cannot reach ${new URL(url).host}, which is a private address`, {
		hint,
	});
}
