/** The regions of SMTP2GO's API and their base URLs. */
import { invalid } from '../core/errors';
import { failure, success, type Result } from '../core/result';

/** SMTP2GO's regions, by the first part of their hostnames, and `custom` for any other base URL. */
export const regions = [
	{ value: 'api', label: 'Global' },
	{ value: 'us-api', label: 'United States' },
	{ value: 'eu-api', label: 'Europe' },
	{ value: 'au-api', label: 'Australia' },
	{ value: 'custom', label: 'Custom' },
] as const;

/** The maximum length of a base URL in characters. */
const LONGEST_BASE = 2_000;

export type Region = (typeof regions)[number]['value'];

/**
 * Returns the base URL of a region.
 * @param baseUrl the full URL for `custom`, such as `http://127.0.0.1:8025/v3`
 * @returns without a slash at the end, and with the version if the URL has no path; an error if the region is unknown
 * or the custom URL is not an http(s) URL
 */
export function baseUrlOf(region: string, baseUrl?: string): Result<string> {
	if (region !== 'custom') {
		return regions.some(({ value }) => value === region)
			? success(`https://${region}.smtp2go.com/v3`)
			: failure(invalid('region', `"${region}" is not an SMTP2GO region`));
	}
	const text = (baseUrl ?? '').trim();
	if (!URL.canParse(text))
		return failure(
			invalid('baseUrl', 'The base URL of a custom region must be a full URL, such as http://127.0.0.1:8025/v3'),
		);
	const url = new URL(text);
	if (url.protocol !== 'http:' && url.protocol !== 'https:')
		return failure(invalid('baseUrl', 'The base URL must start with http:// or https://'));
	if (url.username || url.password || url.search || url.hash)
		return failure(invalid('baseUrl', 'The base URL must not contain a username, password, query, or fragment'));
	if (url.href.length > LONGEST_BASE)
		return failure(invalid('baseUrl', `The base URL must have at most ${LONGEST_BASE} characters`));
	const base = url.href.replace(/\/+$/, '');
	return success(base === url.origin ? `${base}/v3` : base);
}
