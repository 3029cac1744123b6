// SMTP users: `/users/smtp/*`.
import { entropyOf } from '../../account/password';
import {
	changedSettings,
	DEFAULT_SETTINGS,
	keySettingsView,
	NO_DEFAULT_LIMIT,
	settingsFields,
	settingsView,
	statusField,
} from '../../account/settings';
import { Refusal } from '../../core/refusal';
import { FieldFailure, object, optional, type Reader, text } from '../../schema/readers';
import { newPassword } from '../../core/ids';
import { type JsonObject, without } from '../../core/json';
import type { Account, SmtpUser } from '../../types';
import { ownedBy, ownerOf, subaccount_id } from '../shared/owner';
import { type Call, type Route, route } from '../shared/route';

const ENTROPY = 64;

/** Blank asks for a password made by SMTP2GO. */
const password: Reader<string> = (value, field) => {
	const read = text()(value, field);
	if (read !== '' && entropyOf(read) < ENTROPY)
		throw new FieldFailure(field, `The field '${field}' must have an entropy of at least ${ENTROPY} bits`);
	return read;
};

const changes = { email_password: optional(password), ...settingsFields, status: statusField, subaccount_id };
const added = object({ username: text({ min: 5, max: 100 }), feedback_domain: optional(text()), ...changes });
const replaced = object({ username: text({ min: 1 }), feedback_domain: optional(text()), ...changes });
const patched = object({ username: text({ min: 1 }), ...changes });

type Input = ReturnType<typeof patched> & { feedback_domain?: string | undefined };

/** A user as the lists show it, password and all. */
function userView({ username, email_password, feedback_domain, status, settings }: SmtpUser): JsonObject {
	return {
		username,
		email_password,
		sending_allowed: status === 'allowed',
		...settingsView(settings),
		feedback_domain,
		status,
	};
}

/** A user as PATCH shows it. */
function patchedView({ username, status, settings }: SmtpUser): JsonObject {
	return { username, ...keySettingsView(settings), status };
}

function find({ smtpUsers }: Account, wanted: string, owner: string | undefined): SmtpUser {
	const user = smtpUsers.find(({ username, subaccountId }) => username === wanted && subaccountId === owner);
	if (!user) throw new Refusal(400, `An SMTP user with username '${wanted}' was not found`);
	return user;
}

/** A user with the changes a request asks for; where it is silent, what was before stays. */
function changed(before: SmtpUser, { email_password, feedback_domain, status, ...given }: Input): SmtpUser {
	return {
		...before,
		email_password: email_password === '' ? newPassword() : (email_password ?? before.email_password),
		feedback_domain: feedback_domain ?? before.feedback_domain,
		status: status ?? before.status,
		settings: changedSettings(before.settings, without(given, 'username', 'subaccount_id')),
	};
}

/**
 * A user with default settings. An edit without a password keeps the old one, since a new one would lock out
 * its users.
 */
function plainUser(username: string, owner: string | undefined, email_password: string): SmtpUser {
	return {
		username,
		email_password,
		feedback_domain: 'default',
		status: 'allowed',
		settings: DEFAULT_SETTINGS,
		...ownedBy(owner),
	};
}

function edit(input: Input, call: Call, kind: 'replace' | 'patch'): SmtpUser {
	const { account } = call.world.state;
	const owner = ownerOf(call, input.subaccount_id);
	const user = find(account, input.username, owner);
	return Object.assign(
		user,
		changed(kind === 'patch' ? user : plainUser(user.username, owner, user.email_password), input),
	);
}

/** SMTP users. */
export const smtpUserRoutes: Route[] = [
	route('POST', '/users/smtp/view', object({ username: optional(text()), subaccount_id }), (input, call) => {
		const owner = ownerOf(call, input.subaccount_id);
		const users = call.world.state.account.smtpUsers.filter(
			({ username, subaccountId }) => subaccountId === owner && (input.username ?? username) === username,
		);
		return { results: users.map(userView), ...NO_DEFAULT_LIMIT };
	}),
	route('POST', '/users/smtp/add', added, (input, call) => {
		const { account } = call.world.state;
		const owner = ownerOf(call, input.subaccount_id);
		// Names are logins: one on the whole service, whatever account it belongs to.
		if (account.smtpUsers.some(({ username }) => username === input.username))
			throw new Refusal(400, `An SMTP user with username '${input.username}' already exists`);
		const user = changed(plainUser(input.username, owner, newPassword()), input);
		account.smtpUsers.push(user);
		return { results: [userView(user)] };
	}),
	route('POST', '/users/smtp/edit', replaced, (input, call) => ({
		results: [userView(edit(input, call, 'replace'))],
	})),
	route('PATCH', '/users/smtp/edit', patched, (input, call) => [patchedView(edit(input, call, 'patch'))]),
	route('POST', '/users/smtp/remove', object({ username: text({ min: 1 }), subaccount_id }), (input, call) => {
		const { account } = call.world.state;
		const user = find(account, input.username, ownerOf(call, input.subaccount_id));
		account.smtpUsers = account.smtpUsers.filter((candidate) => candidate !== user);
		return { results: [userView(user)] };
	}),
];
