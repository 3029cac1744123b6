/**
 * The side bar "SMTP2GO": the last emails of an account with their fate, its quota, queue and webhook, and sample
 * events. While it is hidden, it asks nothing.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Overview } from '../../shared/side-bar';
import { ask } from '../dialog/ask';
import { lines, part, say, showProblem, toneIcon } from './parts';
import { emailsPart, quotaPart } from './reads';
import { nameIn, showTriggers } from './samples';
import { queueWords, webhookTone, webhookWords } from './words';

const ID = 'smtp2go-sidebar';
/** Milliseconds from one look at the queue to the next. It asks Node-RED only, never SMTP2GO. */
const LOOK = 3_000;
/** Milliseconds for which emails and quota are not read again if the side bar is closed and opened. */
const FRESH = 60_000;

/** Changes something only if what it shows has changed: it would take away the keyboard's focus. */
function onChange<T>(show: (value: T) => void): (value: T) => void {
	let shown: string | undefined;
	return (value) => {
		const text = JSON.stringify(value);
		if (text === shown) return;
		shown = text;
		show(value);
	};
}

/** What the side bar consists of. */
function build() {
	const content = $('<div class="smtp2go-sidebar">');
	const choice = $('<select id="smtp2go-sidebar-account">');
	const refresh = $('<button type="button" class="red-ui-button red-ui-button-small">').append(
		$('<i class="fa fa-refresh" aria-hidden="true">'),
		` ${say('refresh')}`,
	);
	const label = $('<label for="smtp2go-sidebar-account">').text(say('account'));
	const head = $('<div class="smtp2go-sidebar-row">').append(label, choice, refresh);
	const problem = $('<div role="status">');
	const [emails, quota, queue, webhook, samples] = [
		emailsPart(),
		quotaPart(),
		part('queue'),
		part('webhook'),
		part('samples'),
	];
	const parts = $('<div>').append([emails, quota, queue, webhook, samples].map(({ section }) => section));
	content.append(head, problem, parts);
	return { content, head, choice, refresh, problem, parts, emails, quota, queue, webhook, samples };
}

/** Adds the side bar to the editor. */
export function addSideBar(): void {
	const { content, head, choice, refresh, problem, parts, emails, quota, queue, webhook, samples } = build();
	let account = '';
	/** The account whose emails and quota were read last, and when. */
	let last = { account: '', at: 0 };

	const showAccounts = onChange((accounts: Overview['accounts']) => {
		choice
			.empty()
			.append(accounts.map(({ id, editorId, name }) => $('<option>').val(id).text(nameIn(editorId, name))));
	});
	const showWebhook = onChange((hook: NonNullable<Overview['shown']>['webhook']) => {
		const [state = '', ...more] = webhookWords(say, hook, new Date());
		webhook.place
			.empty()
			.append($('<div>').append(toneIcon(webhookTone(hook)), ' ', $('<span>').text(state)), ...lines(more));
		if (hook.url !== undefined && hook.is !== 'unused') $('<code>').text(hook.url).appendTo(webhook.place);
	});
	// Not with the webhook: each event that arrives would take away the choice of a sample, and its result.
	const showSamples = onChange(({ id, triggers }: Pick<NonNullable<Overview['shown']>, 'id' | 'triggers'>) =>
		showTriggers(samples.place, id, triggers),
	);

	const isVisible = () => content.is(':visible') && !document.hidden;

	/** Reads emails and quota: one call to SMTP2GO each. */
	const read = () => {
		last = { account, at: Date.now() };
		void emails.read(account);
		void quota.read(account);
	};

	let asked = 0;
	/** Shows what Node-RED knows. @param isNew true if the side bar was opened */
	const look = async (isNew: boolean) => {
		const number = ++asked;
		const answer = await ask<Overview>('side-bar', { account });
		if (number !== asked) return;
		const shown = answer.ok ? answer.value.shown : undefined;
		const isEmpty = answer.ok && shown === undefined;
		problem.empty();
		if (!answer.ok) showProblem(problem, answer.message);
		else if (isEmpty) problem.text(say('noAccount'));
		head.toggle(!isEmpty);
		parts.toggle(shown !== undefined);
		if (!answer.ok || shown === undefined) return;
		account = shown.id;
		showAccounts(answer.value.accounts);
		choice.val(account);
		queue.place.empty().append(lines(queueWords(say, shown.queue)));
		showWebhook(shown.webhook);
		showSamples({ id: shown.id, triggers: shown.triggers });
		if (last.account !== account || (isNew && Date.now() - last.at > FRESH)) read();
	};

	let timer: ReturnType<typeof setTimeout> | undefined;
	/** Looks again and again, for as long as the side bar is visible. */
	const follow = (isNew = false) => {
		clearTimeout(timer);
		if (!isVisible()) return;
		void look(isNew).finally(() => {
			clearTimeout(timer);
			timer = setTimeout(follow, LOOK);
		});
	};

	choice.on('change', () => {
		account = String(choice.val());
		follow();
	});
	refresh.on('click', () => {
		last = { account: '', at: 0 };
		follow();
	});
	new IntersectionObserver(() => follow(true)).observe(content[0] as HTMLElement);
	document.addEventListener('visibilitychange', () => follow(true));
	RED.events.on('deploy', () => follow());
	RED.sidebar.addTab({
		id: ID,
		label: 'SMTP2GO',
		name: 'SMTP2GO',
		iconClass: 'fa fa-paper-plane',
		content,
		enableOnEdit: true,
	});
}
