/** Judges the addresses of a list by their form: missing, invalid, or a duplicate. Makes no calls. */
import { trimmed } from '../core/invisible';
import { isRecord, typeNameOf } from '../core/json';
import { personOf, sameAddress } from '../formats/mailbox';

/**
 * Why an address should not get an email:
 * - `noAddress`: there is none
 * - `invalidAddress`: it is not one valid email address
 * - `duplicate`: it is the same as an earlier one, without regard to case and to spaces around it
 * - `suppressed`: SMTP2GO does not send to it, or to its domain
 * - `notAllowed`: the account sends only to listed recipients, and it is not one of them
 */
export type RecipientProblem = 'noAddress' | 'invalidAddress' | 'duplicate' | 'suppressed' | 'notAllowed';

/** What was found about one address. A type, not an interface, because n8n's items accept records. */
export type RecipientVerdict = {
	/** The address without a name. As written if it is invalid, and empty if there is none. */
	address: string;
	/** True if nothing speaks against sending. */
	ok: boolean;
	problem: RecipientProblem | null;
	/** What is wrong, in a sentence. */
	message: string | null;
	/** Why it is suppressed, in SMTP2GO's words, such as `bounce` or `unsubscribe`. */
	reason: string | null;
	/** Since when it is suppressed, as ISO 8601 in UTC. */
	since: string | null;
	/** The entry of SMTP2GO's list that covers it: the address, or its domain. */
	entry: string | null;
};

/** The names of an address in an object, as other nodes and SMTP2GO write it. */
const NAMES = ['email', 'address', 'email_address'];
/** The maximum length of an invalid value in a verdict, in characters. */
const LONGEST_SHOWN = 320;

const FINE: RecipientVerdict = {
	address: '',
	ok: true,
	problem: null,
	message: null,
	reason: null,
	since: null,
	entry: null,
};

/** Returns the verdict of an address that nothing speaks against. */
function fine(address: string): RecipientVerdict {
	return { ...FINE, address };
}

/** Returns the verdict of an address that should get no email. */
export function bad(
	address: string,
	problem: RecipientProblem,
	message: string,
	more: Partial<Pick<RecipientVerdict, 'reason' | 'since' | 'entry'>> = {},
): RecipientVerdict {
	return { ...FINE, ok: false, address, problem, message, ...more };
}

/** Returns the value that holds the address. */
function addressIn(value: unknown): unknown {
	if (!isRecord(value)) return value;
	const name = NAMES.find((one) => value[one] !== undefined && value[one] !== null);
	return name === undefined ? undefined : value[name];
}

/**
 * Judges one address.
 * @param value text such as `jane@example.com` or `Jane <jane@example.com>`, or an object with the address as `email`,
 * `address`, or `email_address`
 */
function judgeAddress(value: unknown): RecipientVerdict {
	const given = addressIn(value) ?? '';
	if (typeof given !== 'string')
		return bad('', 'invalidAddress', `The address must be text, not ${typeNameOf(given)}`);
	if (trimmed(given) === '') return bad('', 'noAddress', 'There is no address');
	const person = personOf(given);
	return 'problem' in person
		? bad(trimmed(given).slice(0, LONGEST_SHOWN), 'invalidAddress', person.problem)
		: fine(person.address);
}

/**
 * Judges the addresses of a list by their form, in linear time.
 * @param values each as text or as an object, see `judgeAddress`
 * @returns a verdict for each, in order. Of equal addresses, the first one is fine
 */
export function judgeAddresses(values: readonly unknown[]): RecipientVerdict[] {
	const first = new Map<string, number>();
	return values.map((value, index) => {
		const verdict = judgeAddress(value);
		if (!verdict.ok) return verdict;
		const same = sameAddress(verdict.address);
		const earlier = first.get(same);
		if (earlier === undefined) {
			first.set(same, index);
			return verdict;
		}
		return bad(verdict.address, 'duplicate', `The same address as entry ${earlier + 1} of the list`);
	});
}
