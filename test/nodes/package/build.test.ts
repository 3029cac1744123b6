/** The built package as n8n loads it. `npm test` builds first. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
/* eslint-disable @typescript-eslint/no-require-imports, @n8n/community-nodes/no-dangerous-functions */
import '../support/environment';
import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import * as description from '../../../nodes/Smtp2go/description/action';
import * as pollingDescription from '../../../nodes/Smtp2go/description/polling';
import * as triggerDescription from '../../../nodes/Smtp2go/description/trigger';

const root = join(__dirname, '..', '..', '..');

test('n8n finds the nodes and the credential, with icons for light and dark', async () => {
	const loader = new PackageDirectoryLoader(root);
	await loader.loadAll();
	expect(Object.keys(loader.nodeTypes).sort()).toEqual(['smtp2go', 'smtp2goPollingTrigger', 'smtp2goTrigger']);
	expect(Object.keys(loader.credentialTypes)).toEqual(['smtp2goApi']);
	const described = [
		...Object.values(loader.nodeTypes).map(({ type }) => type.description),
		...Object.values(loader.credentialTypes).map(({ type }) => type),
	] as { iconUrl?: { light: string; dark: string } }[];
	for (const { iconUrl } of described) {
		for (const path of [iconUrl?.light, iconUrl?.dark])
			expect(existsSync(join(root, String(path).replace('icons/n8n-nodes-smtp2go/', '')))).toBe(true);
	}
	expect(loader.known.credentials['smtp2goApi']?.supportedNodes?.toSorted()).toEqual([
		'smtp2go',
		'smtp2goPollingTrigger',
		'smtp2goTrigger',
	]);
});

test('the finished descriptions in the build are what the generator makes', () => {
	// n8n's loader has added Poll Times to the list that it loaded.
	jest.resetModules();
	const built = (module: string) => ({
		...(require(join(root, 'dist', 'nodes', 'Smtp2go', 'description', module)) as object),
	});
	expect(built('action')).toStrictEqual({ ...description });
	expect(built('trigger')).toStrictEqual({ ...triggerDescription });
	expect(built('polling')).toStrictEqual({ ...pollingDescription });
});

test("a node is loaded in about 10 ms of computing time: a fortieth of what n8n-workflow's own loading takes", () => {
	const script = `
		const timeOf = (module) => {
			const start = process.cpuUsage();
			require(module);
			const { user, system } = process.cpuUsage(start);
			return user + system;
		};
		const own = timeOf('n8n-workflow');
		console.log(timeOf('./dist/nodes/Smtp2go/Smtp2go.node.js') / own);`;
	// Whatever else the machine computes makes both longer, and not by the same, so the least of several counts.
	const shares: number[] = [];
	do shares.push(Number(execFileSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' })));
	while (Math.min(...shares) >= 1 / 40 && shares.length < 20);
	expect(Math.min(...shares)).toBeLessThan(1 / 40);
}, 120_000);

test('codex files name the nodes of this package', () => {
	for (const node of ['smtp2go', 'smtp2goTrigger', 'smtp2goPollingTrigger']) {
		const file = join(root, 'dist', 'nodes', 'Smtp2go', `${node[0]?.toUpperCase()}${node.slice(1)}.node.json`);
		expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
			node: `n8n-nodes-smtp2go.${node}`,
			resources: { primaryDocumentation: [expect.anything()] },
		});
	}
});
