/** Checks a request before it is sent: not too many recipients, and a value for each variable of its template. */
import {
	checkVariables,
	showRequest,
	VariableReport,
	withinRecipients,
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

	private read(connection: Connection, account: string, id: string): Promise<Result<Template>> {
		const name = JSON.stringify([account, id]);
		const template = this.known.get(name) ?? templates.read(connection, account, id);
		this.known.set(name, template);
		return template;
	}

	/**
	 * Checks a request.
	 * @param account digest of the connection's key and region
	 * @returns the same request if it can be sent
	 */
	async check(
		request: BuiltRequest,
		{ recipients, missing }: Safeguards,
		connection: Connection,
		account: string,
		itemIndex: number,
	): Promise<Result<BuiltRequest>> {
		const within = withinRecipients(request, recipients);
		if (!within.ok) return within;
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

	/** A message for each template with missing variables, and for what could not be checked. */
	messages(itemCount: number): string[] {
		return [...this.report.gaps(itemCount), ...this.report.unchecked];
	}
}
