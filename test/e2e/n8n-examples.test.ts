/** Every example for n8n, run in one whole n8n against the simulator: its start is the expensive part. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import './n8n-examples/approvals';
import './n8n-examples/events';
import './n8n-examples/forms';
import './n8n-examples/sending';
import { examplesFolder, openExamples } from './support/n8n-examples';

openExamples();

test('there is a test for every example', () => {
	const folder = join(__dirname, 'n8n-examples');
	const files = readdirSync(folder);
	const own = readFileSync(__filename, 'utf8');
	expect(files.filter((file) => !own.includes(`'./n8n-examples/${file.replace('.ts', '')}'`))).toEqual([]);
	const tested = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('');
	// n8n.test.ts runs it.
	const others = ['receipt-and-bounce'];
	expect(
		readdirSync(examplesFolder)
			.map((file) => file.replace('.json', ''))
			.filter((name) => !others.includes(name) && !tested.includes(`'${name}'`)),
	).toEqual([]);
});
