/** The readers of all kinds at a given time, as functions of a value and its field alone. */
import { kinds, type Kind } from '../../../api';
import type { Reader } from '../../../api/kinds/reader';
import { readContext } from '../../../api/request/build';

/** @param now milliseconds since 1970 */
export function readersAt(now: number): Readonly<Record<Kind, Reader>> {
	const context = readContext(now);
	const names = Object.keys(kinds) as Kind[];
	return Object.fromEntries(
		names.map(
			(name) =>
				[name, (value, field) => kinds[name].read(value, field, context)] as const satisfies [Kind, Reader],
		),
	) as Record<Kind, Reader>;
}
