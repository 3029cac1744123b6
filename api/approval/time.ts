/** Writes a time as a recipient reads it, in the language and the time zone of the question. */
import type { Language } from './texts';

/** The last moment that a date can have, in milliseconds since 1970 (ECMA-262 section 21.4.1.1). */
export const MAX_TIME = 8.64e15;

/** The locale of each language, and how date, time and time zone are put together. */
const formats: Readonly<
	Record<Language, { locale: string; join: (date: string, time: string, zone: string) => string }>
> = {
	en: { locale: 'en-US', join: (date, time, zone) => `${date} at ${time} ${zone}` },
	de: { locale: 'de-DE', join: (date, time, zone) => `${date}, ${time} Uhr (${zone})` },
	ja: { locale: 'ja-JP', join: (date, time, zone) => `${date} ${time}（${zone}）` },
	'zh-CN': { locale: 'zh-CN', join: (date, time, zone) => `${date} ${time}（${zone}）` },
};

/**
 * Returns a time such as `November 28, 2026 at 2:00 PM UTC`.
 * @param moment milliseconds since 1970
 * @param timeZone an IANA name
 */
export function timeText(moment: number, language: Language, timeZone: string): string {
	const { locale, join } = formats[language];
	const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
	const zone = format({ timeZoneName: 'short' })
		.formatToParts(moment)
		.find(({ type }) => type === 'timeZoneName');
	return join(
		format({ dateStyle: 'long' }).format(moment),
		format({ timeStyle: 'short' }).format(moment),
		zone?.value ?? timeZone,
		// Some releases of Node.js put a narrow space before AM and PM, which few fonts of text messages have.
	).replaceAll('\u202f', ' ');
}
