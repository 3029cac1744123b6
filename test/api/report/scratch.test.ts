import { writeFileSync } from 'node:fs';
import { deliverabilityReport } from '../../../api/report/report';
import { FakeAccount } from './support/account';
import { shopEmails } from './support/emails';
test('x', async () => {
	for (const [name, period, per] of [['7','last7Days',200],['30','last30Days',900],['m','thisMonth',20]] as const) {
	const acc = new FakeAccount(shopEmails('2026-11-28T00:00:00Z', 62, per), '2026-11-28T08:00:00Z');
	const r = await deliverabilityReport(acc.host.connection, { period, timeZone: 'Europe/Berlin', maxLogEntries: 10000 });
	if (!r.ok) throw r.error;
	const { text, html, ...d } = r.value;
	writeFileSync(`/tmp/rep-${name}.html`, html);
	writeFileSync(`/tmp/rep-${name}.json`, JSON.stringify(d, null, 1));
	writeFileSync(`/tmp/rep-${name}.txt`, text);
	console.log(name, html.length, acc.tally, text);
	}
});
