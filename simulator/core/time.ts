/** `2026-03-24T08:23:19Z`: how webhooks write the time of an event. */
export function secondsTime(at: Date): string {
	return `${at.toISOString().slice(0, 19)}Z`;
}

/** `2026-03-24T08:23:19.052000+00:00`: how webhooks write `sendtime`. */
export function microsecondsTime(at: Date): string {
	return `${at.toISOString().slice(0, 23)}000+00:00`;
}

/** `2022-11-14 07:54:45`: how suppressions and templates write a time. */
export function plainTime(at: Date): string {
	return at.toISOString().slice(0, 19).replace('T', ' ');
}

const ISO_LIKE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2}(?:\.\d+)?) ?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Reads a time as leniently as the API does; without a zone it is UTC.
 * @param text ISO-like, RFC 822/1123, or seconds since 1970
 * @returns undefined if it is not a valid time
 */
export function readTime(text: string | number): Date | undefined {
	if (typeof text === 'number') return new Date(text * 1000);
	const iso = ISO_LIKE.exec(text.trim());
	const zone = iso?.[3]?.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2') ?? 'Z';
	const spelled = /^(\w{3}, )?\d{1,2} \w{3} \d{2,4} /.test(text);
	if (!iso && !spelled) return undefined;
	const at = new Date(iso ? `${iso[1]}T${iso[2] ?? '00:00:00'}${zone}` : text);
	return Number.isNaN(at.getTime()) ? undefined : at;
}
