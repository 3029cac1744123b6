/** Looks at a request before it is sent: not to too many, and with all variables of its template. */
import { checkVariables, Templates, warningText, withinRecipients, type BuiltRequest, type Connection, type Result, type Template, type VariableWarning } from '../../../api';
import { ranges } from './outcomes';
import type { Guards } from './settings';

/** Templates that were read, for all runs of this process. */
const templates = new Templates();

/** Characters of a list of items beyond which their number says more. */
const READABLE = 40;

/** What a run finds out about its templates. */
export class TemplateWatch {
	/** Each is asked for once a run, however long that takes. */
	private readonly known = new Map<string, Promise<Result<Template>>>();
	/** The items of each variable without a value, by template. */
	private readonly missing = new Map<string, Map<string, number[]>>();
	private readonly others = new Set<string>();

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
	async guard(request: BuiltRequest, { recipients, missing }: Guards, connection: Connection, account: string, itemIndex: number): Promise<Result<BuiltRequest>> {
		const within = withinRecipients(request, recipients);
		if (!within.ok) return within;
		const checked = await checkVariables(missing, request, (id) => this.read(connection, account, id));
		if (!checked.ok) return checked;
		for (const warning of checked.value) this.note(warning, itemIndex);
		return within;
	}

	private note(warning: VariableWarning, itemIndex: number): void {
		if (warning.is === 'unchecked') return void this.others.add(warningText(warning));
		const paths = this.missing.get(warning.template) ?? new Map<string, number[]>();
		this.missing.set(warning.template, paths);
		for (const path of warning.isMore ? [...warning.paths, 'and more'] : warning.paths) {
			const items = paths.get(path) ?? [];
			if (items.at(-1) !== itemIndex) paths.set(path, [...items, itemIndex]);
		}
	}

	/** A sentence for each template, and for what could not be checked. */
	told(count: number): string[] {
		const where = (items: readonly number[]) => {
			if (count === 1) return '';
			const places = ranges(items);
			return places.length > READABLE ? ` (${items.length} items)` : ` (${items.length === 1 ? 'item' : 'items'} ${places})`;
		};
		const sentences = [...this.missing].map(([template, paths]) =>
			`Template "${template}" got no value for ${[...paths].map(([path, items]) => `${path}${where(items)}`).join(', ')}. The ${count === 1 ? 'email has' : 'emails have'} gaps there`);
		return [...sentences, ...this.others];
	}
}
