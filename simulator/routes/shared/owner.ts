// Which account or subaccount a call is about.
import { Refusal } from '../../core/refusal';
import { optional, text } from '../../schema/readers';
import type { State } from '../../state/state';
import type { Email } from '../../types';
import type { Call } from './route';

/** The field that directs a call to a subaccount of the master account. */
export const subaccount_id = optional(text({ min: 1 }));

/**
 * Which account a call is about: the key's own subaccount, the subaccount it names, or (undefined) the master account.
 * @throws Refusal an unknown subaccount, or another one than the key's own; the live service's words are not known
 */
export function ownerOf({ key, world }: Call, wanted: string | undefined): string | undefined {
	if (key.subaccountId !== undefined && (wanted === undefined || wanted === key.subaccountId))
		return key.subaccountId;
	if (wanted === undefined) return undefined;
	const known = key.subaccountId === undefined && world.state.account.subaccounts.some(({ id }) => id === wanted);
	if (!known) throw new Refusal(400, `A subaccount with id '${wanted}' was not found`);
	return wanted;
}

/** The owner as entries carry it: the master account's carry none. */
export function ownedBy(subaccountId: string | undefined): { subaccountId?: string } {
	return subaccountId === undefined ? {} : { subaccountId };
}

/** The emails that a key can see: a subaccount's key those of its subaccount, any other key all of them. */
export function visibleEmails({ key, world: { state } }: Call): Email[] {
	return state.emails.filter(
		({ subaccountId }) => key.subaccountId === undefined || key.subaccountId === subaccountId,
	);
}

/** What reports call the account an email was sent from. */
export function accountName({ account: { subaccounts } }: State, subaccountId: string | undefined): string {
	if (subaccountId === undefined) return 'Master account';
	return subaccounts.find(({ id }) => id === subaccountId)?.name ?? subaccountId;
}
