/** Looks at a request before it is sent: not to too many, and with all variables of its template. */
import {
	checkVariables,
	Templates,
	VariableReport,
	withinRecipients,
	type BuiltRequest,
	type Connection,
	type Result,
	type Template,
} from '../../../api';
import type { Guards } from './sending-options';

/** Templates that were read, for all runs of this process. */
const templates = new Templates();

/** What a run finds out about its templates. */
export class TemplateWatch {
	/** Each is asked for once a run, however long that takes. */
	private readonly known = new Map<string, Promise<Result<Template>>>();
	private readonly report = new VariableReport({ one: 'item', many: 'items', from: 0 });

	private read(connection: Connection, account: string, id: string): Promise<Result<Template>> {
		const name = JSON.stringify([account, id]);
		const template = this.known.get(name) ?? templates.read(connection, account, id);
		this.known.set(name, template);
		return template;
	}

	/**
	 * The same request, if it may be sent.
	 * @param account name of the key and region of the connection
	 */
	async guard(
		request: BuiltRequest,
		{ recipients, missing }: Guards,
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

	/** A sentence for each template, and for what could not be checked. */
	told(count: number): string[] {
		return [...this.report.gaps(count), ...this.report.unchecked];
	}
}
