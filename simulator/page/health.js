// The section Health: quota, rates, keys, sender domains and webhooks, and how to let them go wrong.
import { read, tell } from './api.js';
import { empty, h, show, table, title, toast } from './dom.js';
import { pill } from './words.js';

const RATES = { hardBounce: 'Hard bounces (%)', spam: 'Spam complaints (%)', unsubscribe: 'Unsubscribes (%)' };
const RECORDS = { dkim: 'DKIM', returnPath: 'Return path', tracking: 'Tracking' };
const PERMISSIONS = ['/activity/search', '/webhook/*', '/sms/*', '/stats/*', '/domain/view', '/api_keys/view'];

const number = (name, label, value, more = {}) =>
	h('label', {}, label, h('input', { name, type: 'number', min: 0, value, 'data-keep': name, ...more }));

const button = (label, about, work) =>
	h('button.button.tiny', { type: 'button', 'aria-label': about, 'data-keep': about, onclick: work }, label);

const section = (heading, about, ...content) =>
	h('div.card', {}, h('header', {}, h('h2', {}, heading), h('span.soft.small', {}, about)), ...content);

/** A form whose values go to a command; `read` turns them into its body. */
function form(body, command, done, ...fields) {
	const onsubmit = async (event) => {
		event.preventDefault();
		if (await tell(command, body(Object.fromEntries(new FormData(event.target))))) toast(done);
	};
	return h('form.form', { onsubmit }, ...fields, h('button.button.main', { type: 'submit' }, 'Set'));
}

function quota({ monthlyEmails, used }) {
	const percent = monthlyEmails === 0 ? 100 : Math.round((100 * used) / monthlyEmails);
	return section(
		'Quota',
		`${used.toLocaleString('en')} of ${monthlyEmails.toLocaleString('en')} emails this month (${percent} %)`,
		h(
			'div.in.stack',
			{},
			h('meter', {
				min: 0,
				max: 100,
				value: Math.min(100, percent),
				high: 80,
				optimum: 0,
				'aria-label': 'Quota used',
			}),
			form(
				(values) => ({ monthlyEmails: Number(values.monthlyEmails), used: Number(values.used) }),
				'plan',
				'Quota set',
				number('monthlyEmails', 'Emails per month', monthlyEmails, { required: true }),
				number('used', 'Used', used, { required: true }),
			),
		),
	);
}

function rates({ rates: set }) {
	const body = (values) =>
		Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === '' ? null : Number(value)]));
	return section(
		'Rates',
		'What the statistics show. If a field is empty, they show the actual rate',
		h(
			'div.in',
			{},
			form(
				body,
				'rates',
				'Rates set',
				...Object.entries(RATES).map(([name, label]) =>
					number(name, label, set[name] ?? '', { max: 100, step: 0.01, placeholder: 'actual rate' }),
				),
			),
		),
	);
}

function keyRow({ username, sendingStatus = 'allowed', lost = [] }) {
	const isBlocked = sendingStatus === 'blocked';
	const next = isBlocked ? 'allowed' : 'blocked';
	const change = (changes) => tell('keys/change', { key: username, ...changes });
	return [
		h('code', {}, username),
		h(
			'div.row',
			{},
			pill(sendingStatus, isBlocked ? 'failed' : 'delivered'),
			button(isBlocked ? 'Allow' : 'Block', `${isBlocked ? 'Allow' : 'Block'} sending by ${username}`, () =>
				change({ sendingStatus: next }),
			),
		),
		h(
			'div.row',
			{},
			...PERMISSIONS.map((path) => {
				const isLost = lost.includes(path);
				const left = isLost ? lost.filter((other) => other !== path) : [...lost, path];
				return h(
					'button.button.tiny',
					{
						type: 'button',
						'aria-pressed': String(!isLost),
						'aria-label': `${username} has permission for ${path}`,
						'data-keep': `${username} ${path}`,
						onclick: () => change({ lost: left }),
					},
					isLost ? `✕ ${path}` : path,
				);
			}),
		),
	];
}

function domainRow({ name, records, lost }) {
	const cell = ([record, label]) => {
		const isFound = records[record];
		const isLost = lost[record] !== undefined;
		return h(
			'div.row',
			{},
			pill(`${label}: ${isFound ? 'verified' : lost[record] || 'not found'}`, isFound ? 'delivered' : 'failed'),
			(isFound || isLost) &&
				button(
					isLost ? 'Restore' : 'Remove',
					`${isLost ? 'Restore' : 'Remove'} the ${label} record of ${name}`,
					() => tell('domains/record', { domain: name, record, found: isLost ? null : '' }),
				),
		);
	};
	return [h('b', {}, name), h('div.stack', {}, ...Object.entries(RECORDS).map(cell))];
}

function hookRow({ id, url, disabled }) {
	return [
		pill(disabled ? 'disabled' : 'active', disabled ? 'failed' : 'delivered'),
		h('span.mono', {}, url),
		h(
			'div.row',
			{},
			button(disabled ? 'Enable' : 'Disable', `${disabled ? 'Enable' : 'Disable'} webhook ${id}`, () =>
				tell('hooks/disable', { id, disabled: !disabled }),
			),
			button('Remove', `Remove webhook ${id}`, () => tell('hooks/remove', { id })),
		),
	];
}

function tableOr(rows, heads, tight, nothing) {
	return rows.length === 0 ? empty(...nothing) : table(heads, rows, tight);
}

/** Draws the health of the account. A form keeps what is being typed until its own values change. */
export async function health(main) {
	const state = await read('health');
	if (!main.firstElementChild) {
		main.replaceChildren(
			h(
				'div.sheet',
				{},
				title('Health', 'Break something in the account, to see how your workflow handles it.'),
				...['quota', 'rates', 'keys', 'domains', 'webhooks'].map((name) => h('div', { 'data-part': name })),
			),
		);
	}
	const part = (name, data, build) => show(main.querySelector(`[data-part=${name}]`), data, () => [build()]);
	part('quota', [state.monthlyEmails, state.used], () => quota(state));
	part('rates', state.rates, () => rates(state));
	part('keys', state.keys, () =>
		section(
			'API keys',
			'Click a permission to take it away or give it back',
			table(['Key', 'Sending', 'Permissions'], state.keys.map(keyRow), [0]),
		),
	);
	part('domains', state.domains, () =>
		section(
			'Sender domains',
			'Without its DKIM record, a domain is no longer verified',
			tableOr(
				state.domains.map(domainRow),
				['Domain', 'Records'],
				[],
				['No sender domains', 'Add one by the API.'],
			),
		),
	);
	part('webhooks', state.hooks, () =>
		section(
			'Webhooks',
			'As if somebody changed them on SMTP2GO’s own page',
			tableOr(state.hooks.map(hookRow), ['State', 'URL', ''], [0], ['No webhooks', 'A trigger adds its own.']),
		),
	);
}
