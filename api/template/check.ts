/**
 * Checks before a send whether its templates get all their variables. The result is nothing, a warning, or an error.
 */
import { Smtp2goError } from '../core/errors';
import { failure, success, type Result } from '../core/result';
import { wireEntries, type Wire, type WireObject } from '../files/wire';
import type { BuiltRequest } from '../request/build';
import { isRecord } from '../core/json';
import type { Template } from './index';
import { missingIn, type Missing } from './missing';
import type { MissingPolicy } from './policy';

/** A warning about a template before a send. */
export type VariableWarning =
	| { readonly is: 'missing'; readonly template: string; readonly paths: readonly string[]; readonly isMore: boolean }
	| { readonly is: 'unchecked'; readonly template: string; readonly message: string };

/** Reads a template by its ID; see `Templates`. */
export type ReadTemplate = (id: string) => Promise<Result<Template>>;

/** One email with a template, and its position in a batch, counted from 1. */
interface Mail {
	readonly id: string;
	readonly data: Wire | undefined;
	readonly entry?: number;
}

/** Returns the emails of a request that use a template. */
function mailsOf({ fields }: BuiltRequest): Mail[] {
	const email = (from: WireObject, entry?: number): Mail[] => {
		const { template_id: id, template_data: data } = from;
		return typeof id === 'string' && id !== '' ? [{ id, data, ...(entry === undefined ? {} : { entry }) }] : [];
	};
	const batch = wireEntries(fields['emails']).flatMap((one, index) =>
		isRecord(one) ? email(one as WireObject, index + 1) : [],
	);
	return [...email(fields), ...batch];
}

/** Returns the paths of missing values in words. */
export function listed({ paths, isMore }: Pick<Missing, 'paths' | 'isMore'>): string {
	return `${paths.join(', ')}${isMore ? ' and more' : ''}`;
}

/** Returns the text of a warning. */
export function warningText(warning: VariableWarning): string {
	const { template } = warning;
	if (warning.is === 'unchecked')
		return (
			`The variables of template "${template}" could not be checked: ${warning.message}. ` +
			'The email is sent without the check'
		);
	return `Template "${template}" has no value for ${listed(warning)}. The email has gaps there`;
}

/** Returns the reason why a template could not be read, with the missing permission. */
export function whyUnread({ type, message, details }: Smtp2goError): string {
	const reason = message.replace(/\.$/, '');
	return type === 'permission' ? `${reason} (missing permission: ${details.endpoint ?? '/template/view'})` : reason;
}

const UNREADABLE = 'it is not valid Handlebars or is too large';

function refusedMissing({ id, entry }: Mail, missing: Missing): Smtp2goError {
	const where = entry === undefined ? '' : `entry ${entry}: `;
	const message = `${where}Template "${id}" has no value for ${listed(missing)}`;
	return new Smtp2goError('invalid', message, {
		hint: 'Nothing was sent. Give these variables a value, or set Missing Variables to warn',
		fieldErrors: [{ field: 'template_data', message }],
	});
}

function refusedUnchecked({ id }: Mail, why: string, error?: Smtp2goError): Smtp2goError {
	const hint =
		error?.type === 'permission'
			? "Nothing was sent. Allow /template/view for the key on SMTP2GO's page Sending > API Keys, or set " +
				'Missing Variables to ignore'
			: 'Nothing was sent. Try again later, or set Missing Variables to ignore';
	return new Smtp2goError(
		error?.type ?? 'invalid',
		`The variables of template "${id}" could not be checked: ${why}`,
		{ ...error?.details, hint },
	);
}

/** Checks one email. */
async function checkMail(
	policy: MissingPolicy,
	email: Mail,
	read: ReadTemplate,
): Promise<Result<VariableWarning | undefined>> {
	const template = await read(email.id);
	if (!template.ok) {
		const why = whyUnread(template.error);
		// Canceled: the send stops too, and says so.
		if (template.error.type === 'cancelled') return failure(template.error);
		return policy === 'fail'
			? failure(refusedUnchecked(email, why, template.error))
			: success({ is: 'unchecked', template: email.id, message: why });
	}
	const missing = missingIn(
		template.value.trees.map(({ parts }) => parts),
		email.data,
	);
	if (missing.paths.length > 0) {
		return policy === 'fail'
			? failure(refusedMissing(email, missing))
			: success({ is: 'missing', template: email.id, paths: missing.paths, isMore: missing.isMore });
	}
	if (missing.isWhole && template.value.trees.every(({ isSound }) => isSound)) return success(undefined);
	return policy === 'fail'
		? failure(refusedUnchecked(email, UNREADABLE))
		: success({ is: 'unchecked', template: email.id, message: UNREADABLE });
}

/**
 * Checks the variables of all emails of a request before anything is sent.
 * @param read called only if an email has a template and the policy requires a check
 * @returns the warnings; an error if the policy is `fail`, and then nothing may be sent
 */
export async function checkVariables(
	policy: MissingPolicy,
	request: BuiltRequest,
	read: ReadTemplate,
): Promise<Result<VariableWarning[]>> {
	if (policy === 'ignore' || request.operation.effect !== 'sends') return success([]);
	const warnings: VariableWarning[] = [];
	for (const email of mailsOf(request)) {
		const checked = await checkMail(policy, email, read);
		if (!checked.ok) return checked;
		if (checked.value) warnings.push(checked.value);
	}
	return success(warnings);
}
