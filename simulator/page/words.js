// Names, times and numbers as the page writes them.
import { h } from './dom.js';

const TONES = {
	delivered: 'good',
	open: 'blue',
	click: 'info',
	bounce: 'bad',
	spam: 'bad',
	reject: 'bad',
	unsubscribe: 'warn',
	resubscribe: 'good',
	sms_delivered: 'good',
	sms_failed: 'bad',
	sms_rejected: 'bad',
	rejected: 'bad',
	pending: 'warn',
	failed: 'bad',
	cancelled: 'grey',
	processed: 'grey',
	accepted: 'grey',
};

/** What an event is called, soft and hard bounces apart. */
export function eventName({ event, bounce }) {
	return event === 'bounce' ? `${bounce} bounce` : event;
}

/** A coloured word for an event or a status. */
export function pill(text, kind = text) {
	return h(`span.pill.${TONES[kind] ?? 'grey'}`, {}, text);
}

/** The time of day, with the whole date for those who hover. */
export function clock(iso) {
	const at = new Date(iso);
	const today = at.toDateString() === new Date().toDateString();
	const text = today
		? at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' })
		: at.toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
	return h('time', { datetime: iso, title: at.toLocaleString() }, text);
}

/** A size in bytes for people. */
export function size(bytes) {
	if (bytes < 1000) return `${bytes} B`;
	return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** `one email`, `2 emails`. */
export function many(count, word) {
	return `${count} ${word}${count === 1 ? '' : 's'}`;
}
