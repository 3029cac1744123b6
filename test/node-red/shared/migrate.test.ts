import { migrate } from '../../../node-red/shared/migrate';
import { actionSteps, type SavedAction } from '../../../node-red/shared/saved-action';

interface Old {
	readonly version?: number;
	readonly name?: string;
	readonly label?: string;
}
const steps = {
	1: ({ name, ...rest }: Old): Old => ({ ...rest, label: name ?? '' }),
	2: (def: Old): Old => ({ ...def, label: `${def.label}!` }),
};

describe('a saved node', () => {
	it.each<[string, Old, Old]>([
		['without a version was written by hand and stays', { label: 'a' }, { label: 'a', version: 3 }],
		['of version 1 takes all steps', { name: 'a', version: 1 }, { label: 'a!', version: 3 }],
		['of version 2 takes the rest', { label: 'a', version: 2 }, { label: 'a!', version: 3 }],
		['of this version stays', { label: 'a', version: 3 }, { label: 'a', version: 3 }],
		['of a later version stays', { label: 'a', version: 9 }, { label: 'a', version: 9 }],
		...[0, -1, 0.5, 1.5, -Infinity, NaN].map((version): [string, Old, Old] => [
			`of the version ${version}, which no editor wrote, stays`,
			{ label: 'a', version },
			{ label: 'a', version: 3 },
		]),
	])('%s', (_what, def, expected) => expect(migrate(def, steps)).toEqual(expected));

	it.each(['1', '0', '', true, null, [1], {}])(
		'with %j as its version was written by hand: it never reads a whole message',
		(version) => {
			const def = JSON.parse(JSON.stringify({ version })) as SavedAction;
			expect(migrate(def, actionSteps)).toEqual({ version: 2 });
		},
	);

	it('is not changed itself, because Node-RED still holds it', () => {
		const saved: Old = Object.freeze({ name: 'a' });
		migrate(saved, steps);
		expect(saved).toEqual({ name: 'a' });
	});
});
