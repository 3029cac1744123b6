// When failed deliveries are retried.
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Waits between attempts, in milliseconds of real time. SMTP2GO says: 5 attempts in the first 30 minutes, then hourly
 * for 24 hours,
 * six-hourly for 24, twelve-hourly for 24, one more after 24. With the first attempt among the five these are 35
 * repeats.
 */
export const RETRY_WAITS: readonly number[] = [
	...Array<number>(4).fill(7.5 * MINUTE),
	...Array<number>(24).fill(HOUR),
	...Array<number>(4).fill(6 * HOUR),
	...Array<number>(2).fill(12 * HOUR),
	24 * HOUR,
];
