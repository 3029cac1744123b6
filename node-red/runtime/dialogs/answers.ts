/** Answers the dialogs' requests. No answer contains an API key, and none rejects. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { Response } from 'express';
import {
	callbackUrlError,
	checkSetup,
	isAllowed,
	isJsonObject,
	readPermissions,
	readPickList,
	readTemplate,
	regions,
	type Result,
	run,
	success,
	templateReader,
	variablesOf,
} from '../../../api';
import type { Account } from '../account/account';
import { connect, resolveEnvVars, type ConnectionSettings } from '../connection/connection';
import { previewEmail, sendTest } from './email';
import { neededBy, nodePermissions } from './permissions';
import { translatorFor, type Translate } from '../platform/api-texts';
import { refusal, toNodeError } from '../platform/errors';
import { inLanguage } from '../platform/shared-messages';
import { EDITOR_TIMEOUT } from '../platform/timing';
import { runningAccounts } from '../state/process-state';
import type { Runtime } from '../platform/runtime';
import { overview } from '../sidebar/overview';
import { quotaOf, readEmails } from '../sidebar/reads';
import { sendSample } from '../sidebar/sample';

/** What Node-RED's editor shows in place of a saved password (editor-client, editor.js). */
const SAVED = '__PWRD__';
/** Maximum number of suggestions in a dialog's list, which is read once and searched in the browser. */
const MAX_ENTRIES = 500;

type Fields = Readonly<Record<string, unknown>>;
type Handler = (RED: Runtime, given: Fields, translate: Translate) => Promise<Result<unknown>>;

function text(given: Fields, name: string): string {
	const value = Object.hasOwn(given, name) ? given[name] : undefined;
	return typeof value === 'string' ? value : '';
}

function accountsOf(given: Fields): readonly Account[] {
	return runningAccounts(text(given, 'account'));
}

/** Checks a key: the one being typed, or the saved one if the dialog shows only dots. */
const checkKey: Handler = async (RED, given, translate) => {
	const known = accountsOf(given);
	const typed = (name: string) => resolveEnvVars(RED, text(given, name).trim(), known[0]?.node);
	// The route accepts a variable only from users who can deploy. A region comes from a list, never from a variable.
	const [region, baseUrl] = [text(given, 'region').trim(), typed('baseUrl')];
	if (!regions.some(({ value }) => value === region)) return refusal(RED, 'noRegion');
	const key = text(given, 'apiKey');
	const isSaved = known.some((account) => account.isSavedTarget(region, baseUrl));
	// A variable can be any secret, and without a login anybody can ask: it is sent only to SMTP2GO or the saved URL.
	const namesVariable = [key, text(given, 'baseUrl')].some((one) => one.includes('${'));
	if (namesVariable && region === 'custom' && !isSaved) return refusal(RED, 'deployVariable');
	if (key === SAVED && known.length === 0) return refusal(RED, 'deployOrType');
	// A saved key is sent only to SMTP2GO or the saved URL, never to a URL that somebody types into the dialog.
	const saved = known.find((account) => account.isSavedTarget(region, baseUrl));
	if (key === SAVED && saved === undefined) return refusal(RED, 'typeKeyAgain');
	const apiKey = key === SAVED ? (saved?.apiKey ?? '') : typed('apiKey');
	const settings: ConnectionSettings = { apiKey, region, baseUrl, proxy: text(given, 'proxy') };
	const connection = connect(RED, settings, AbortSignal.timeout(EDITOR_TIMEOUT));
	if (!connection.ok) return connection;
	const permissions = await readPermissions(connection.value);
	if (!permissions.ok) return permissions;
	const setup = await checkSetup(connection.value, { permissions: permissions.value });
	if (!setup.ok) return setup;
	const checks = setup.value.checks.map((check) => ({
		...check,
		title: translate(check.title),
		message: translate(check.message),
		whatToDo: check.whatToDo === null ? null : translate(check.whatToDo),
	}));
	return success({ ...setup.value, checks, nodes: nodePermissions(permissions.value) });
};

/** What you enter on SMTP2GO's own page. */
interface Hook {
	readonly url: string;
	readonly type: string;
	readonly value: string;
	/** Why SMTP2GO cannot reach the URL. */
	readonly problem: string | undefined;
}

function hookOf(
	RED: Runtime,
	{ settings, hookSettings: { callbackUrl, auth } }: Account,
	translate: Translate,
): Result<Hook> {
	if (callbackUrl === undefined) return refusal(RED, 'noPublicUrl');
	if (auth === undefined) return refusal(RED, 'noKey');
	const invalid = callbackUrlError(callbackUrl, settings.region === 'custom', RED._('errors.publicUrlHint'));
	const problem = invalid && toNodeError(invalid, translate).message;
	return { ok: true, value: { url: callbackUrl, type: auth.type, value: auth.value, problem } };
}

/**
 * What to paste into SMTP2GO's own page if the key cannot manage webhooks, and whether SMTP2GO can reach the URL. A
 * list if the account is in a subflow with several instances.
 */
const showHook: Handler = (RED, given, translate) => {
	const hooks = accountsOf(given).map((account) => hookOf(RED, account, translate));
	const [first] = hooks;
	if (first === undefined) return Promise.resolve(refusal(RED, 'deployFirst'));
	if (hooks.length === 1) return Promise.resolve(first);
	const shown = hooks.flatMap((hook) => (hook.ok ? [hook.value] : []));
	return Promise.resolve(shown.length === 0 ? first : { ok: true, value: shown });
};

/** What is done with a running account. */
type AccountHandler = (
	RED: Runtime,
	account: Account,
	given: Fields,
	translate: Translate,
) => Promise<Result<unknown>> | Result<unknown>;

/** Does something with a running account: a dialog does not know the saved key. */
const forAccount =
	(work: AccountHandler): Handler =>
	async (RED, given, translate) => {
		const [account] = accountsOf(given);
		return account === undefined ? refusal(RED, 'deployFirst') : work(RED, account, given, translate);
	};

/** The values that a field can choose from. */
const readList: AccountHandler = async (RED, account, given) => {
	const connection = account.connect(AbortSignal.timeout(EDITOR_TIMEOUT));
	if (!connection.ok) return connection;
	const page =
		(await readPickList(connection.value, text(given, 'kind'), {
			max: MAX_ENTRIES,
			subaccountId: text(given, 'subaccount'),
		})) ?? refusal(RED, 'noList');
	return page.ok ? { ok: true, value: page.value.entries } : page;
};

/** The variables of a template, for the dialog's rows. */
const readVariables: AccountHandler = async (_RED, account, given) => {
	const connection = account.connect(AbortSignal.timeout(EDITOR_TIMEOUT));
	if (!connection.ok) return connection;
	const read = await run(connection.value, templateReader, { id: text(given, 'id') });
	if (!read.ok) return read;
	return success(isJsonObject(read.value.result) ? variablesOf(readTemplate(read.value.result)) : []);
};

/** The endpoints that a node calls and that the account's key cannot, for a hint in the node's dialog. */
const readMissing: AccountHandler = async (_RED, account, given) => {
	const permissions = await account.readPermissions(AbortSignal.timeout(EDITOR_TIMEOUT));
	if (!permissions.ok) return permissions;
	return success(neededBy(given).filter((path) => !isAllowed(path, permissions.value)));
};

/** What the side bar shows without a call to SMTP2GO. */
const showOverview: Handler = (_RED, given, translate) =>
	Promise.resolve(success(overview(text(given, 'account'), translate)));

const handlers = {
	checkKey,
	showHook,
	readList: forAccount(readList),
	readMissing: forAccount(readMissing),
	readVariables: forAccount(readVariables),
	previewEmail: forAccount(previewEmail),
	sendTest: forAccount(sendTest),
	overview: showOverview,
	readEmails: forAccount(readEmails),
	readQuota: forAccount(quotaOf),
	sendSample: forAccount(sendSample),
};

/** The name of an answer. */
export type AnswerName = keyof typeof handlers;

/** Answers a request with `{ ok: true, value }` or `{ ok: false, type, message }`, in the editor's language. */
export function answer(RED: Runtime, name: AnswerName, given: unknown, response: Response): void {
	const fields = typeof given === 'object' && given !== null ? (given as Fields) : {};
	const language = response.req.get('Accept-Language') ?? '';
	const translate = translatorFor(language);
	const message = (thrown: unknown) => toNodeError(thrown, translate).message;
	handlers[name](inLanguage(RED, language), fields, translate)
		.then((result) =>
			response.json(result.ok ? result : { ok: false, type: result.error.type, message: message(result.error) }),
		)
		.catch((thrown: unknown) =>
			response.status(500).json({ ok: false, type: 'unexpected', message: message(thrown) }),
		);
}
