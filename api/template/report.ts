/** Summarizes the warnings of many sends: one sentence per template. */
import { formatRanges } from '../core/format';
import { warningText, type VariableWarning } from './check';

/** How to name the sends, as in `item 3` and `items 3-5`. */
export interface Places {
	readonly one: string;
	readonly many: string;
	/** The number of the first one. */
	readonly from: 0 | 1;
}

/** The maximum length of a list of positions, in characters. A longer list is replaced by a count. */
const READABLE = 40;

/** Collects warnings of sends that belong together. */
export class VariableReport {
	/** The positions of each variable without a value, by template. */
	private readonly missing = new Map<string, Map<string, number[]>>();
	private readonly others = new Set<string>();

	constructor(private readonly places: Places) {}

	/** @param place position of the send, counted from 0 */
	note(warning: VariableWarning, place: number): void {
		if (warning.is === 'unchecked') return void this.others.add(warningText(warning));
		const paths = this.missing.get(warning.template) ?? new Map<string, number[]>();
		this.missing.set(warning.template, paths);
		for (const path of warning.isMore ? [...warning.paths, 'and more'] : warning.paths) {
			const found = paths.get(path) ?? [];
			paths.set(path, found);
			if (found.at(-1) !== place) found.push(place);
		}
	}

	private where(found: readonly number[]): string {
		const { one, many, from } = this.places;
		const numbers = formatRanges(found.map((place) => place + from));
		if (numbers.length > READABLE) return ` (${found.length} ${many})`;
		return ` (${found.length === 1 ? one : many} ${numbers})`;
	}

	/** Returns one sentence per template about its variables without a value. */
	gaps(count: number): string[] {
		return [...this.missing].map(([template, paths]) => {
			const named = [...paths]
				.map(([path, found]) => `${path}${count === 1 ? '' : this.where(found)}`)
				.join(', ');
			return (
				`Template "${template}" has no value for ${named}. ` +
				`The ${count === 1 ? 'email has' : 'emails have'} gaps there`
			);
		});
	}

	/** The warnings about checks that failed, without duplicates. */
	get unchecked(): string[] {
		return [...this.others];
	}
}
