// Single sender emails: `/single_sender_emails/*`.
import { refuseSenderBeyondPlan } from './plan';
import { Refusal } from '../../core/refusal';
import { address } from '../../schema/names';
import { object, optional, text } from '../../schema/readers';
import type { Account, SingleSender } from '../../types';
import type { World } from '../../world';
import { ownedBy, ownerOf, subaccount_id } from '../shared/owner';
import { type Call, type Route, route } from '../shared/route';

const named = object({ email_address: address, subaccount_id });

function find({ singleSenders }: Account, wanted: string, owner: string | undefined): SingleSender | undefined {
	return singleSenders.find(
		({ email_address, subaccountId }) =>
			email_address.toLowerCase() === wanted.toLowerCase() && subaccountId === owner,
	);
}

/**
 * The recipient follows the link in the email after a while, as all recipients do here; only `unverified@…` never does.
 */
function sendVerification({ timers, settings, state }: World, sender: SingleSender): void {
	sender.emailsSent++;
	if (/^unverified[+@]/i.test(sender.email_address)) return;
	timers.after(settings.eventDelayMs, () => {
		sender.verified = true;
		state.changed();
	});
}

/** Adding a sender again sends the email again while it is not verified. What the email would say is of no use here. */
function add(email_address: string, owner: string | undefined, { world }: Call): string {
	const { account } = world.state;
	const known = find(account, email_address, owner);
	if (!known) refuseSenderBeyondPlan(world.state);
	const sender = known ?? { email_address, verified: false, emailsSent: 0, ...ownedBy(owner) };
	if (!known) account.singleSenders.push(sender);
	if (!sender.verified) sendVerification(world, sender);
	return 'ok';
}

/** Single senders. The answers to add and remove are the contract's examples. */
export const singleSenderRoutes: Route[] = [
	route(
		'POST',
		'/single_sender_emails/view',
		object({ email_address: optional(text()), subaccount_id }),
		(input, call) => {
			const owner = ownerOf(call, input.subaccount_id);
			const term = input.email_address?.toLowerCase() ?? '';
			const found = call.world.state.account.singleSenders.filter(
				(sender) => sender.subaccountId === owner && sender.email_address.toLowerCase().includes(term),
			);
			return { senders: found.map(({ email_address, verified }) => ({ email_address, verified })) };
		},
	),
	route(
		'POST',
		'/single_sender_emails/add',
		object({ email_address: address, message: optional(text()), subaccount_id }),
		(input, call) => {
			return add(input.email_address, ownerOf(call, input.subaccount_id), call);
		},
	),
	route('POST', '/single_sender_emails/remove', named, (input, call) => {
		const { account } = call.world.state;
		const sender = find(account, input.email_address, ownerOf(call, input.subaccount_id));
		if (!sender)
			throw new Refusal(400, `Failed to remove the single sender email - ${input.email_address} doesn't exist`);
		account.singleSenders = account.singleSenders.filter((candidate) => candidate !== sender);
		return 'OK';
	}),
];
