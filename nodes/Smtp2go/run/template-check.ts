/**
 * Checks a request before it is sent: not too many recipients and SMS units, and a value for each variable of its
 * template.
 */
import {
	checkVariables,
	sentTexts,
	showRequest,
	unicodeHint,
	VariableReport,
	withinRecipients,
	withinUnits,
	type BuiltRequest,
	type Connection,
	type JsonObject,
	type Result,
	type Template,
} from '../../../api';
import { templates } from '../state/process-state';
import type { Safeguards } from './sending-options';

/** The checks of one run, and what they found. */
export class TemplateCheck {
	/** Each template is read once per run, however long the run takes. */
	private readonly known = new Map<string, Promise<Result<Template>>>();
	private readonly report = new VariableReport({ one: 'item', many: 'items', from: 0 });

	/** The phone numbers of each text message, by its text. */
	private readonly texts = new Map<string, number>();

	private read(connection: Connection, account: string, id: string): Promise<Result<Template>> {
		const name = JSON.stringify([account, id]);
		const template = this.known.get(name) ?? templates.read(connection, account, id);
		this.known.set(name, template);
		return template;
	}

	/**
	 * Checks a request.
	 * @param account digest of the connection's key and region
	 * @returns the request to send if it can be sent
	 */
	async check(
		request: BuiltRequest,
		{ recipients, units, missing }: Safeguards,
		connection: Connection,
		account: string,
		itemIndex: number,
	): Promise<Result<BuiltRequest>> {
		const few = withinRecipients(request, recipients);
		const within = few.ok ? withinUnits(few.value, units) : few;
		if (!within.ok) return within;
		for (const { content, numbers } of sentTexts(within.value))
			this.texts.set(content, (this.texts.get(content) ?? 0) + numbers);
		const checked = await checkVariables(missing, request, (id) => this.read(connection, account, id));
		if (!checked.ok) return checked;
		for (const warning of checked.value) this.report.note(warning, itemIndex);
		return within;
	}

	/**
	 * The emails of a request as their recipients would see them, for a dry run. A template that cannot be read is a
	 * note in the preview.
	 * @param account digest of the connection's key and region
	 */
	show(request: BuiltRequest, connection: Connection, account: string): Promise<JsonObject> {
		return showRequest(request, (id) => this.read(connection, account, id));
	}

	/**
	 * A message for each template with missing variables, for what could not be checked, and for characters that make
	 * text messages more expensive.
	 */
	messages(itemCount: number): string[] {
		const costly = unicodeHint([...this.texts].map(([content, numbers]) => ({ content, numbers })));
		return [...this.report.gaps(itemCount), ...this.report.unchecked, ...(costly === undefined ? [] : [costly])];
	}
}
