/** How the activity log behaves. What has happened stays as it was when a setting changes. */
export interface LogSettings {
	/** How long an entry takes to show up after it happened: a random time from `minDelayMs`. Milliseconds. */
	minDelayMs: number;
	/** The longest time that an entry takes to show up. 0 (default) shows every entry at once. Milliseconds. */
	maxDelayMs: number;
	/** How many days back the plan shows. null (default) has no limit; a free plan shows 5. */
	historyDays: number | null;
}
