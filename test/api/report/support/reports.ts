// Makes reports of fake accounts.
import { deliverabilityReport, type ReportOptions } from '../../../../api/report/report';
import type { DeliverabilityReport } from '../../../../api/report/types';
import { FakeAccount, type FakeEmail } from './account';

export const NOW = '2026-11-28T08:00:00Z';

const options: ReportOptions = { period: 'last7Days', timeZone: 'UTC', maxLogEntries: 20_000 };

/** Makes a report, which must succeed. */
export async function reportOf(
	account: FakeAccount,
	given: Partial<ReportOptions> = {},
): Promise<DeliverabilityReport> {
	const report = await deliverabilityReport(account.host.connection, { ...options, ...given });
	if (!report.ok) throw report.error;
	return report.value;
}

/** Makes a report that must fail. */
export async function failureOf(account: FakeAccount, given: Partial<ReportOptions> = {}): Promise<Error> {
	const report = await deliverabilityReport(account.host.connection, { ...options, ...given });
	if (report.ok) throw new Error('There is a report');
	return report.error;
}

/** An account with these emails. */
export function accountOf(emails: readonly FakeEmail[], now = NOW): FakeAccount {
	return new FakeAccount(emails, now);
}

/** An email on a day of November 2026, at noon. */
export function email(day: number, ...kinds: readonly string[]): FakeEmail {
	return {
		at: Date.UTC(2026, 10, day, 12),
		sender: 'shop@example.com',
		recipient: 'jane@example.org',
		events: kinds.map((kind) => ({ kind })),
	};
}
