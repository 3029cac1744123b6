/** Whether the default context store is persistent, by the settings file. */
import { keepsRestarts } from '../../../node-red/runtime/platform/context-store';
import type { Runtime } from '../../../node-red/runtime/platform/runtime';

const keeps = (contextStorage?: unknown) =>
	keepsRestarts({ settings: contextStorage === undefined ? {} : { contextStorage } } as unknown as Runtime);

it.each<[string, unknown, boolean]>([
	['no setting', undefined, false],
	['no store', {}, false],
	['a list', [], false],
	['memory', { default: { module: 'memory' } }, false],
	['files', { default: { module: 'localfilesystem' } }, true],
	['a store of somebody else', { default: { module: () => ({}) } }, true],
	['another name', { default: 'disk', disk: { module: 'localfilesystem' }, fast: { module: 'memory' } }, true],
	[
		'another name for memory',
		{ default: 'fast', disk: { module: 'localfilesystem' }, fast: { module: 'memory' } },
		false,
	],
	['the first, without a default', { fast: { module: 'memory' }, disk: { module: 'localfilesystem' } }, false],
	['a name that is missing', { default: 'disk' }, false],
])('%s', (_what, contextStorage, expected) => expect(keeps(contextStorage)).toBe(expected));
