// Rate limits of single endpoints.
import { CODES, Refusal } from '../../core/refusal';
import type { World } from '../../world';

/**
 * Counts a call to an endpoint that has its own rate limit. As for repeated deliveries, the clock runs `timeScale`
 * times faster than live.
 * @param most calls in `windowMs`
 * @throws Refusal 429, in the words the service used in 2017
 */
export function refuseBeyondRate(
	{ state: { account }, settings }: World,
	path: string,
	{ most, windowMs }: { most: number; windowMs: number },
): void {
	// The state lasts over restarts, so its moments are those of the clock on the wall: one from before it was set back
	// does not count.
	const now = Date.now();
	const recent = (account.recentCalls[path] ?? []).filter(
		(at) => at > now - windowMs / settings.timeScale && at <= now,
	);
	if (recent.length >= most) {
		throw new Refusal(
			429,
			`This endpoint is rate limited to ${most} requests every ${windowMs / 1_000} seconds`,
			CODES.rateLimit,
		);
	}
	account.recentCalls[path] = [...recent, now];
}
