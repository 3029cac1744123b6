// The section Faults.
import { read, tell } from './api.js';
import { empty, h, show, table, title, toast } from './dom.js';

const KINDS = {
	'rate-limit': 'Rate limit (429)',
	'server-error': 'Server error (503)',
	timeout: 'No answer',
	reset: 'Connection reset',
	slow: 'Slow answer',
	failures: '200 with failures',
	error: '200 with an error',
	'not-json': 'Not JSON',
	truncated: 'Body cut short',
	'token-repeats': 'Same continue_token again',
	'rows-missing': 'Half of the events missing',
};
const PATHS = [
	'*',
	'/email/send',
	'/email/*',
	'/email/batch',
	'/webhook/*',
	'/template/*',
	'/suppression/*',
	'/activity/search',
	'/sms/*',
	'/stats/*',
	'/archive/*',
	'/api_keys/permissions',
];

async function add(event) {
	event.preventDefault();
	const { path, fault, when, times } = Object.fromEntries(new FormData(event.target));
	if (await tell('faults', { path, fault, when, times: Number(times) })) toast('Fault switched on');
}

function form() {
	const options = (entries) => entries.map(([value, label]) => h('option', { value }, label));
	return h(
		'form.form',
		{ onsubmit: add },
		h(
			'label',
			{},
			'Endpoint',
			h(
				'select',
				{ name: 'path' },
				...options(PATHS.map((path) => [path, path === '*' ? 'every endpoint' : path])),
			),
		),
		h('label', {}, 'Fault', h('select', { name: 'fault' }, ...options(Object.entries(KINDS)))),
		h(
			'label',
			{},
			'The call',
			h(
				'select',
				{ name: 'when' },
				...options([
					['before', 'takes no effect'],
					['during', 'breaks off on the way (reset)'],
					['after', 'takes effect first'],
				]),
			),
		),
		h(
			'label',
			{},
			'Calls (0: every one)',
			h('input', { name: 'times', type: 'number', min: 0, max: 1000, value: 1, required: true }),
		),
		h('button.button.main', { type: 'submit' }, 'Switch on'),
	);
}

/** Draws the faults: a form, made once, and what is on. */
export async function faults(main) {
	const list = await read('faults');
	if (!main.firstElementChild) {
		main.replaceChildren(
			h(
				'div.sheet',
				{},
				title('Faults', 'Make calls fail on purpose, to see how your workflow handles it.'),
				h('div.card', {}, h('div.in', {}, form())),
				h('div.card.active'),
			),
		);
	}
	const rows = list.map(({ path, fault, when, times }) => [
		h('code', {}, path),
		KINDS[fault],
		when === 'after' ? 'takes effect first' : when === 'during' ? 'breaks off on the way' : 'takes no effect',
		times === 0 ? 'every' : times,
	]);
	show(main.querySelector('.active'), list, () =>
		list.length === 0
			? [empty('Everything works', 'No fault is switched on.')]
			: [
					h(
						'header',
						{},
						h('h2', {}, 'Switched on'),
						h(
							'button.button',
							{ type: 'button', onclick: () => tell('faults', {}, 'DELETE') },
							'Switch all off',
						),
					),
					table(['Endpoint', 'Fault', 'The call', 'Calls left'], rows, [0, 3]),
				],
	);
}
