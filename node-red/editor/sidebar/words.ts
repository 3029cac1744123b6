/** What the side bar says: icons, times, and the words of each part. It touches no page, so that it can be tested. */
import type { QueueView, QuotaView, WebhookView } from '../../shared/side-bar';

/** Looks up a message of the side bar. */
export type Say = (key: string, words?: Readonly<Record<string, string>>) => string;

/** How good or bad a state is: it decides color and icon. */
export type Tone = 'good' | 'partly' | 'bad' | 'unclear';

const tones: Readonly<Record<string, Tone>> = {
	processed: 'unclear',
	delivered: 'good',
	opened: 'good',
	clicked: 'good',
	resubscribed: 'good',
	'soft-bounced': 'partly',
	unsubscribed: 'partly',
	'hard-bounced': 'bad',
	rejected: 'bad',
	spam: 'bad',
};

/** The tone of an event. Events that SMTP2GO may add later are neither good nor bad. */
export function toneOf(kind: string): Tone {
	return Object.hasOwn(tones, kind) ? (tones[kind] ?? 'unclear') : 'unclear';
}

/** The icon of each tone, so that color is not the only difference. */
export const icons: Readonly<Record<Tone, string>> = {
	good: 'check-circle',
	partly: 'exclamation-triangle',
	bad: 'times-circle',
	unclear: 'clock-o',
};

/** The kinds that have a word of their own. */
const known = new Set([
	...Object.keys(tones),
	'sms-delivered',
	'sms-failed',
	'sms-rejected',
	'sms-sending',
	'sms-submitted',
	'sms-opt-out',
]);

/** An event in words. */
export function kindWords(say: Say, kind: string): string {
	return say(`kinds.${known.has(kind) ? kind : 'unknown'}`);
}

/** A moment as short as it can be: the time of today, or the date and the time. */
export function shortMoment(moment: Date, now: Date): string {
	const time = { hour: '2-digit', minute: '2-digit' } as const;
	return moment.toDateString() === now.toDateString()
		? moment.toLocaleTimeString([], time)
		: moment.toLocaleString([], { month: 'short', day: 'numeric', ...time });
}

/** The lines about the queue. */
export function queueWords(say: Say, { running, waiting, concurrency, next }: QueueView): string[] {
	if (running + waiting === 0) return [say('queue.idle')];
	const counts = say('queue.counts', { running: String(running), waiting: String(waiting) });
	if (next === undefined) return [counts];
	const seconds = String(Math.max(1, Math.ceil(next.milliseconds / 1000)));
	const why = { count: String(concurrency), seconds, why: next.why ?? '' };
	return [counts, say(`queue.${next.reason}`, why)];
}

/** The line about the quota. */
export function quotaWords(say: Say, { used, max }: QuotaView): string {
	const words = { used: used.toLocaleString(), max: max.toLocaleString() };
	return say(max > 0 ? 'quota.used' : 'quota.unlimited', words);
}

/** The tone of the webhook's state. */
export function webhookTone({ is }: WebhookView): Tone {
	const found: Readonly<Record<WebhookView['is'], Tone>> = {
		unused: 'unclear',
		registering: 'unclear',
		listening: 'good',
		paused: 'partly',
		manual: 'partly',
		failed: 'bad',
	};
	return found[is];
}

/** The lines about the webhook. @param now the moment of the look */
export function webhookWords(say: Say, { is, problem, lastEvent, readsLog }: WebhookView, now: Date): string[] {
	const state = is === 'unused' && readsLog ? say('webhook.log') : say(`webhook.${is}`);
	const last =
		lastEvent === undefined
			? say('webhook.never')
			: say('webhook.last', {
					event: kindWords(say, lastEvent.kind),
					time: shortMoment(new Date(lastEvent.at), now),
				});
	return [state, ...(problem === undefined ? [] : [problem]), ...(is === 'unused' ? [] : [last])];
}

/**
 * The label of a sample in a list of events.
 * @param label looks up the label of an event, such as `events.bounce.label`
 */
export function sampleLabel(say: Say, label: (key: string) => string, kind: string): string {
	const [channel = '', name = '', type] = kind.split('.');
	const event = label(`${channel}.${name}.label`);
	if (channel === 'smsEvents') return say('samples.sms', { event });
	return type === undefined ? event : say(`samples.${type}`, { event });
}
