/** What the forms of both hosts offer and allow. Without other modules, so that an editor can load it. */
import type { ResponseType } from './types';

/** What a recipient can be asked for. The first is the default. */
export const responseTypes: readonly ResponseType[] = ['approval', 'choice', 'freeText'];

/** The minimum and maximum number of answers to choose from. */
export const MIN_CHOICES = 2;
export const MAX_CHOICES = 10;

/** The units of a time span, in milliseconds. */
export const timeUnits = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

/** How far ahead SMTP2GO schedules an email, in milliseconds: three days (`schedule` of `/email/send`). */
export const MAX_SCHEDULE = 3 * timeUnits.days;
