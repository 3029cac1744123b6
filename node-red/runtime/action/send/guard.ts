/** Checks a request before it is sent: its number of recipients, its SMS units, and the variables of its template. */
import {
	checkVariables,
	sentTexts,
	unicodeHint,
	VariableReport,
	withinRecipients,
	withinUnits,
	type BuiltRequest,
	type Connection,
	type Result,
	type VariableWarning,
} from '../../../../api';
import type { Account } from '../../account/account';
import type { OwnOptions } from '../read/own-options';

/** A request that can be sent, with its warnings. */
export interface Guarded {
	readonly request: BuiltRequest;
	readonly warnings: readonly VariableWarning[];
}

/** Checks a request. */
export async function guard(
	request: BuiltRequest,
	{ oneRecipient, maxRecipients, missingVariables, units }: OwnOptions,
	connection: Connection,
	{ queue }: Account,
): Promise<Result<Guarded>> {
	const few = withinRecipients(request, { one: oneRecipient, max: maxRecipients });
	const within = few.ok ? withinUnits(few.value, units) : few;
	if (!within.ok) return within;
	const checked = await checkVariables(missingVariables, request, (id) => queue.templates.read(connection, '', id));
	return checked.ok ? { ok: true, value: { request: within.value, warnings: checked.value } } : checked;
}

/** A node's warnings about templates. That a template could not be checked is said once, until it can be. */
export class TemplateWarnings {
	private readonly said = new Set<string>();

	/** @returns the warnings to log now, for the emails of one message in order */
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

/** The maximum number of hints that a node remembers. */
const MAX_HINTS = 100;

/** A node's hints about characters that make text messages more expensive. Each is logged once. */
export class UnicodeHints {
	private readonly said = new Set<string>();

	/** @returns the hint to log now; undefined if there is none */
	of(request: BuiltRequest): string | undefined {
		const hint = unicodeHint(sentTexts(request));
		if (hint === undefined || this.said.has(hint) || this.said.size >= MAX_HINTS) return undefined;
		this.said.add(hint);
		return hint;
	}
}
