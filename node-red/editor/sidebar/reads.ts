/** The parts of the side bar that are read from SMTP2GO, when it is opened and when somebody asks: emails and quota. */
import type { EmailView, QuotaView } from '../../shared/side-bar';
import { ask, type Answer } from '../dialog/ask';
import { addHelpIcon } from '../dialog/help-icon';
import { common } from '../dialog/messages';
import { part, say, showProblem, toneIcon, type Part } from './parts';
import { kindWords, quotaWords, shortMoment, toneOf } from './words';

/** A part that is read from SMTP2GO. */
export interface ReadPart extends Part {
	/** Reads it again. @param account ID of the running account */
	read(account: string): Promise<void>;
}

/** One email: what became of it and when, its recipient, and its subject. */
function emailLine({ recipient, subject, kind, time, reason }: EmailView, now: Date): JQuery {
	const state = $('<b>').text(kindWords(say, kind));
	const moment = new Date(time ?? '');
	const when = Number.isNaN(moment.getTime())
		? $('<span>')
		: $('<time>')
				.attr({ datetime: moment.toISOString(), title: moment.toLocaleString() })
				.text(shortMoment(moment, now));
	if (reason !== null) addHelpIcon(state, say('emails.reason', { reason }));
	return $('<li>').append(
		$('<div class="smtp2go-sidebar-fate">').append(toneIcon(toneOf(kind)), state, when),
		$('<div>').text(recipient ?? say('emails.noRecipient')),
		$('<div class="smtp2go-what">').text(subject ?? say('emails.noSubject')),
	);
}

function showEmails(place: JQuery, emails: readonly EmailView[]): void {
	place.empty();
	if (emails.length === 0) return void place.text(say('emails.none'));
	const now = new Date();
	$('<ul>')
		.append(emails.map((email) => emailLine(email, now)))
		.appendTo(place);
}

function showQuota(place: JQuery, quota: QuotaView): void {
	const { used, max, end } = quota;
	const words = quotaWords(say, quota);
	place.empty().append($('<div>').text(words));
	if (max > 0)
		$('<meter>')
			.attr({ min: 0, max, value: used, high: 0.9 * max, 'aria-label': words })
			.appendTo(place);
	const moment = new Date(end ?? '');
	if (!Number.isNaN(moment.getTime()))
		$('<div class="smtp2go-what">')
			.text(say('quota.end', { date: moment.toLocaleDateString() }))
			.appendTo(place);
}

/** What to say of an error. A missing permission is named as in the dialogs. */
function problemIn(answer: Extract<Answer<unknown>, { ok: false }>, endpoint: string): string {
	return answer.type === 'permission' ? common('missingPermissions', { endpoints: endpoint }) : answer.message;
}

function readPart<T>(name: string, route: string, endpoint: string, show: (place: JQuery, value: T) => void): ReadPart {
	const made = part(name);
	const { section, place } = made;
	let asked = 0;
	let shown = '';
	return {
		...made,
		async read(account) {
			const number = ++asked;
			// What another account has sent must not stay under this one's name.
			if (account !== shown) place.text(say('loading'));
			shown = account;
			section.attr('aria-busy', 'true');
			const answer = await ask<T>(route, { account });
			// A response about what is no longer shown.
			if (number !== asked) return;
			section.removeAttr('aria-busy');
			if (answer.ok) show(place, answer.value);
			else showProblem(place, problemIn(answer, endpoint));
		},
	};
}

/** The last emails with their fate. */
export function emailsPart(): ReadPart {
	return readPart('emails', 'last-emails', '/activity/search', showEmails);
}

/** The quota of the billing period. */
export function quotaPart(): ReadPart {
	return readPart('quota', 'quota', '/stats/email_cycle', showQuota);
}
