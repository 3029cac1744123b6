/** Looks at a request before it is sent: not to too many, and with all variables of its template. */
import {
	checkVariables,
	VariableReport,
	withinRecipients,
	type BuiltRequest,
	type Connection,
	type Result,
	type VariableWarning,
} from '../../../../api';
import type { Account } from '../../account/account';
import type { OwnValues } from '../read/own-options';

/** A request that may be sent, and what there is to tell of it. */
export interface Guarded {
	readonly request: BuiltRequest;
	readonly warnings: readonly VariableWarning[];
}

/** The request, if it may be sent. */
export async function guard(
	request: BuiltRequest,
	{ oneRecipient, maxRecipients, missingVariables }: OwnValues,
	connection: Connection,
	{ queue }: Account,
): Promise<Result<Guarded>> {
	const within = withinRecipients(request, { one: oneRecipient, max: maxRecipients });
	if (!within.ok) return within;
	const checked = await checkVariables(missingVariables, request, (id) => queue.templates.read(connection, '', id));
	return checked.ok ? { ok: true, value: { request, warnings: checked.value } } : checked;
}

/** What a node says of its templates: that one could not be checked only once, until it can be. */
export class TemplateWarnings {
	private readonly said = new Set<string>();

	/** @returns what is to be told now, for the emails of one message in their order */
	of(emails: readonly (readonly VariableWarning[])[]): string[] {
		const report = new VariableReport({ one: 'entry', many: 'entries', from: 1 });
		for (const [place, warnings] of emails.entries()) for (const warning of warnings) report.note(warning, place);
		const { unchecked } = report;
		const fresh = unchecked.filter((text) => !this.said.has(text));
		if (unchecked.length === 0) this.said.clear();
		for (const text of fresh) this.said.add(text);
		return [...report.gaps(emails.length), ...fresh];
	}
}
