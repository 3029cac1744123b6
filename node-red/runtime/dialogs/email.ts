/**
 * The preview of an email, and its test, from the values of an open dialog. Only values that are typed there are read:
 * nothing of a message, of the context or of the environment.
 */
import {
	buildTestEmail,
	failure,
	findOffered,
	isRecord,
	messageOf,
	perform,
	showValues,
	Smtp2goError,
	success,
	variablesOf,
	type EmailPreview,
	type Result,
	type Template,
	type TemplateVariable,
} from '../../../api';
import { CORE_EMAIL_RESOURCE } from '../../shared/core-email/core-email';
import { VARIABLES, type TypedValue } from '../../shared/saved-action';
import type { Account } from '../account/account';
import { readValues, type Values } from '../action/read/values';
import type { Translate } from '../platform/api-texts';
import { refusal } from '../platform/errors';
import type { Runtime } from '../platform/runtime';
import { EDITOR_TIMEOUT } from '../platform/timing';
import { isNewClick } from '../state/test-clicks';

/** The types of values that are typed into a dialog. All others are read somewhere else. */
const TYPED = new Set(['str', 'num', 'bool', 'json']);
/** Maximum length of the name of a click, in characters. The names of many clicks are remembered. */
const MOST_CLICK = 100;
/** Maximum length of each text of a preview, in characters. */
const MOST_TEXT = 1_000_000;

/** A preview, and the variables of the template for the dialog's rows. */
export interface DialogPreview {
	readonly preview: EmailPreview;
	readonly variables: readonly TemplateVariable[];
}

/** A test that was sent. */
export interface SentTest {
	readonly emailId: string;
	/** False if the subject is the template's own, which SMTP2GO alone decides. */
	readonly isMarked: boolean;
}

function isTyped(value: unknown): value is TypedValue {
	return isRecord(value) && typeof value['type'] === 'string' && TYPED.has(value['type']);
}

/** The values among the given ones that were typed into the dialog. */
function typedValues(given: unknown): Record<string, TypedValue> {
	const entries = Object.entries(isRecord(given) ? given : {}).flatMap(([name, value]): [string, TypedValue][] => {
		if (isTyped(value)) return [[name, value]];
		if (!isRecord(value) || value['type'] !== VARIABLES || !isRecord(value['value'])) return [];
		const rows = Object.entries(value['value']).filter(([, row]) => isTyped(row));
		return [[name, { type: VARIABLES, value: Object.fromEntries(rows) }]];
	});
	return Object.fromEntries(entries);
}

/** Reads the values as a deployed node would. */
async function readTyped(RED: Runtime, account: Account, given: unknown): Promise<Result<Values>> {
	const operation = findOffered(CORE_EMAIL_RESOURCE, 'send');
	if (operation === undefined) return success({});
	const signal = AbortSignal.timeout(EDITOR_TIMEOUT);
	const fields = typedValues(given);
	try {
		const source = { RED, node: account.node, signal, resource: CORE_EMAIL_RESOURCE, operation, fields };
		return success(await readValues(source, {}));
	} catch (thrown) {
		return failure(thrown instanceof Smtp2goError ? thrown : new Smtp2goError('invalid', messageOf(thrown)));
	}
}

function readTemplate(account: Account, id: string): Promise<Result<Template>> {
	const connection = account.connect(AbortSignal.timeout(EDITOR_TIMEOUT));
	return connection.ok ? account.queue.templates.read(connection.value, '', id) : Promise.resolve(connection);
}

/**
 * Shows the email of a dialog.
 * @param given `fields`: the values of the dialog, as a node saves them
 * @param translate into the language of the editor
 * @returns an `invalid` error for a value that cannot be read, and whatever error reading the template ends with
 */
export async function previewEmail(
	RED: Runtime,
	account: Account,
	given: Readonly<Record<string, unknown>>,
	translate: Translate,
): Promise<Result<DialogPreview>> {
	const values = await readTyped(RED, account, given['fields']);
	if (!values.ok) return values;
	const shown = await showValues(values.value, (id) => readTemplate(account, id), MOST_TEXT);
	if (!shown.ok) return shown;
	const { preview, template } = shown.value;
	const notes = preview.notes.map(translate);
	return success({ preview: { ...preview, notes }, variables: template === undefined ? [] : variablesOf(template) });
}

/**
 * Sends the email of a dialog as a test. It is sent at most once for each click.
 * @param given `fields` as for a preview; `to`, the address that was typed; `click`, a random name of the click
 * @returns an `invalid` error if nothing was sent because a value is not valid, or SMTP2GO's error
 */
export async function sendTest(
	RED: Runtime,
	account: Account,
	given: Readonly<Record<string, unknown>>,
): Promise<Result<SentTest>> {
	const { to, click } = given;
	if (typeof to !== 'string' || to.trim() === '') return refusal(RED, 'noTestAddress');
	if (typeof click !== 'string' || click === '' || click.length > MOST_CLICK) return refusal(RED, 'reloadEditor');
	const values = await readTyped(RED, account, given['fields']);
	const built = values.ok ? buildTestEmail(values.value, to.trim(), Date.now()) : values;
	if (!built.ok) return built;
	const connection = account.connect(AbortSignal.timeout(EDITOR_TIMEOUT));
	if (!connection.ok) return connection;
	if (!isNewClick(click)) return refusal(RED, 'testSentBefore');
	const sent = await perform(connection.value, built.value.request, { limit: 1, raw: false });
	if (!sent.ok) return sent;
	const { result } = sent.value;
	const emailId = isRecord(result) && typeof result['emailId'] === 'string' ? result['emailId'] : '';
	return success({ emailId, isMarked: built.value.isMarked });
}
