import {
	buildRequest,
	checkVariables,
	operationOf,
	Templates,
	warningText,
	type BuiltRequest,
	type MissingPolicy,
} from '../../../api';
import { data, FakeHost, json } from '../support/fake-host';

const order = {
	id: 'order-receipt',
	subject: 'Order {{order_id}}',
	html_body: 'Hi {{name}}{{#each items}}{{title}}{{/each}}',
	text_body: '',
	template_variables: {},
};

function build(operation: 'send' | 'sendBatch', values: object): BuiltRequest {
	const built = buildRequest(operationOf('email', operation), values as never, Date.parse('2026-11-22T12:00:00Z'));
	if (!built.ok) throw built.error;
	return built.value;
}
const mail = (values: object) => ({ sender: 'shop@example.com', to: 'jane@example.com', ...values });
const whole = {
	template_id: 'order-receipt',
	template_data: { order_id: '7', name: 'Jane', items: [{ title: 'Tea' }] },
};

/** Checks a request against a host whose templates are scripted. */
async function check(host: FakeHost, policy: MissingPolicy, request: BuiltRequest, templates = new Templates()) {
	return checkVariables(policy, request, (id) => templates.read(host.connection, 'a', id));
}
const good = () => new FakeHost(() => data(order));

test('an email with all its variables has nothing to tell', async () => {
	expect(await check(good(), 'fail', build('send', mail(whole)))).toEqual({ ok: true, value: [] });
});

test('warn names template and variables, and lets the email go', async () => {
	const checked = await check(
		good(),
		'warn',
		build('send', mail({ ...whole, template_data: { name: '', items: [{}] } })),
	);
	expect(checked).toEqual({
		ok: true,
		value: [
			{ is: 'missing', template: 'order-receipt', paths: ['order_id', 'name', 'items[0].title'], isMore: false },
		],
	});
	expect(checked.ok && checked.value.map(warningText)).toEqual([
		'Template "order-receipt" has no value for order_id, name, items[0].title. The email has gaps there',
	]);
});

test('fail refuses it before anything leaves', async () => {
	const host = good();
	const checked = await check(host, 'fail', build('send', mail({ template_id: 'order-receipt' })));
	expect(checked).toMatchObject({
		ok: false,
		error: {
			type: 'invalid',
			message: 'Template "order-receipt" has no value for order_id, name, items',
			details: { hint: expect.stringContaining('Nothing was sent') as string },
		},
	});
	expect(host.paths).toEqual(['/template/view']);
});

test('ignore, and an email without a template, ask nothing', async () => {
	const host = good();
	await check(host, 'ignore', build('send', mail({ template_id: 'order-receipt' })));
	await check(host, 'fail', build('send', mail({ subject: 'Hi {{name}}', text_body: 'x' })));
	expect(host.sent).toEqual([]);
});

test('each email of a batch is checked, and an error names its place', async () => {
	const emails = [mail(whole), mail({ subject: 'S', text_body: 'T' }), mail({ ...whole, template_data: {} })];
	expect(await check(good(), 'warn', build('sendBatch', { emails }))).toMatchObject({
		ok: true,
		value: [{ paths: ['order_id', 'name', 'items'] }],
	});
	expect(await check(good(), 'fail', build('sendBatch', { emails }))).toMatchObject({
		ok: false,
		error: { message: expect.stringMatching(/^entry 3: Template/) as string },
	});
});

test('values are looked at as they travel', async () => {
	const items = { toJSON: () => [{ title: 'Tea' }] };
	expect(
		await check(
			good(),
			'fail',
			build('send', mail({ ...whole, template_data: { order_id: new Date(0), name: 'Jane', items } })),
		),
	).toEqual({ ok: true, value: [] });
});

describe('where the template cannot be read', () => {
	const denied = () =>
		new FakeHost(() =>
			json(400, {
				data: {
					error: 'You do not have permission to access this API endpoint',
					error_code: 'E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED',
				},
			}),
		);

	test('warn says so, with the permission, and lets the email go', async () => {
		const checked = await check(denied(), 'warn', build('send', mail(whole)));
		expect(checked.ok && checked.value.map(warningText)).toEqual([
			'The variables of template "order-receipt" could not be checked: ' +
				'You do not have permission to access this API endpoint (missing permission: /template/view). ' +
				'The email is sent without the check',
		]);
	});

	test('fail refuses the email, with the permission', async () => {
		const checked = await check(denied(), 'fail', build('send', mail(whole)));
		expect(checked).toMatchObject({
			ok: false,
			error: {
				type: 'permission',
				message: expect.stringContaining('could not be checked') as string,
				details: { endpoint: '/template/view', hint: expect.stringContaining('/template/view') as string },
			},
		});
		expect(!checked.ok && checked.error.message).toContain('missing permission: /template/view');
	});

	test.each(['warn', 'fail'] as const)('a text that is no Handlebars cannot be checked: %s', async (policy) => {
		const host = new FakeHost(() => data({ ...order, subject: '{{#if a}}', html_body: '', text_body: '' }));
		const checked = await check(host, policy, build('send', mail(whole)));
		expect(checked).toMatchObject(
			policy === 'warn' ? { ok: true, value: [{ is: 'unchecked' }] } : { ok: false, error: { type: 'invalid' } },
		);
	});
});

describe('templates that were read', () => {
	test('are asked for once, also by many at a time, for each account and ID', async () => {
		const host = good();
		const templates = new Templates();
		await Promise.all(Array.from({ length: 50 }, () => templates.read(host.connection, 'a', 'order-receipt')));
		expect(host.sent).toHaveLength(1);
		await templates.read(host.connection, 'b', 'order-receipt');
		await templates.read(host.connection, 'a', 'another-one');
		expect(host.sent).toHaveLength(3);
	});

	test('are forgotten after a minute, one that failed after ten seconds', async () => {
		let isDown = true;
		const host = new FakeHost(() => (isDown ? json(400, { data: { error: 'No' } }) : data(order)));
		const templates = new Templates();
		const read = async () => (await templates.read(host.connection, 'a', 'order-receipt')).ok;
		expect([await read(), await read(), host.sent.length]).toEqual([false, false, 1]);
		isDown = false;
		await host.sleep(10_001);
		expect([await read(), await read(), host.sent.length]).toEqual([true, true, 2]);
		await host.sleep(60_001);
		expect([await read(), host.sent.length]).toEqual([true, 3]);
	});

	test('are read by each for itself where the one that began was stopped', async () => {
		const host = good();
		const templates = new Templates();
		const stopped = new AbortController();
		const [first, second] = [
			templates.read({ ...host.connection, signal: stopped.signal }, 'a', 'order-receipt'),
			templates.read(host.connection, 'a', 'order-receipt'),
		];
		stopped.abort();
		expect(await Promise.all([first, second])).toMatchObject([
			{ ok: false, error: { type: 'cancelled' } },
			{ ok: true },
		]);
		expect((await templates.read(host.connection, 'a', 'order-receipt')).ok).toBe(true);
	});

	test('are not kept without end', async () => {
		const host = good();
		const templates = new Templates();
		for (let index = 0; index < 60; index++) await templates.read(host.connection, 'a', `template-${index}`);
		await templates.read(host.connection, 'a', 'template-59');
		expect(host.sent).toHaveLength(60);
		await templates.read(host.connection, 'a', 'template-0');
		expect(host.sent).toHaveLength(61);
	});
});
