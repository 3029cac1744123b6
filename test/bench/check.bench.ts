/** Checks of long lists before sending: how many calls they take, and how long. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { checkRecipients } from '../../api';
import { startSimulator } from '../../simulator';
import { connectionTo } from '../contract/support/plain-host';
import { seconds, timed, type Row } from './support/bench';

const ADDRESSES = 10_000;

/** Jest indents what goes to the console; the runner reads whole lines. */
function show(row: Row): void {
	process.stdout.write(`${JSON.stringify(row)}\n`);
}

/** Checks 10,000 addresses, of which 1% are suppressed, against a suppression list of a size. */
async function measure(listed: number, why: string): Promise<void> {
	const simulator = await startSimulator({ eventDelayMs: 0 });
	simulator.state.suppressions = Array.from({ length: listed }, (_, index) => ({
		email_address: index < ADDRESSES / 100 ? `person-${index}@example.com` : `other-${index}@example.net`,
		reason: 'bounce',
		block_description: '',
		complaint: '',
		subject: null,
		timestamp: '2026-03-01 10:00:00',
	}));
	const list = Array.from({ length: ADDRESSES }, (_, index) => `person-${index}@example.com`);
	let calls = 0;
	let found = 0;
	const time = await timed(async () => {
		const checked = await checkRecipients(connectionTo(simulator), list);
		if (!checked.ok) throw checked.error;
		({ calls } = checked.value);
		found = checked.value.verdicts.filter(({ ok }) => !ok).length;
	});
	await simulator.stop();
	show({
		work: `Check Recipients: ${ADDRESSES.toLocaleString('en-US')} addresses, ${listed.toLocaleString('en-US')} suppressions`,
		against: `one call per address: ${ADDRESSES.toLocaleString('en-US')} calls; the whole list: ${Math.ceil(listed / 100)} ${listed > 100 ? 'pages' : 'page'}`,
		goal: 'as few calls as the API allows',
		measured: `${calls} calls, ${seconds(time)}; ${found} suppressed`,
		limit: why,
	});
}

test('long lists are checked by few calls', async () => {
	await measure(
		100,
		'one call reads the suppressions, and one the allowed recipients, which no other endpoint tells',
	);
	await measure(
		50_000,
		'one call for the first page, which tells that a search is shorter, one for the search, and one for the allowed ' +
			'recipients. The search looks for entries of the first page, too: without that page, nothing would show that it works',
	);
}, 120_000);
