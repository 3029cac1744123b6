/** What a dry run and Node-RED's dialog show of an email. */
import { buildRequest, failure, readTemplate, showEmail, showRequest, Smtp2goError, success } from '../../../api';
import { operationOf } from '../../../api/catalogue';
import type { JsonObject } from '../../../api/core/json';

const template = readTemplate({
	id: 'receipt',
	subject: 'Order {{order}} & more',
	html_body: '<p>Hi {{name}}</p>{{#each items}}<b>{{title}}</b>{{/each}}{{money total}}',
	text_body: 'Hi {{name}}',
	template_variables: { name: 'Jane' },
});
const email = (more: object = {}) => ({
	sender: 'shop@example.com',
	to: ['jane@example.com'],
	subject: 'Hello',
	html_body: '<p>Hello</p>',
	text_body: 'Hello',
	...more,
});
const request = (operation: 'send' | 'sendBatch' | 'sendMime', values: object) => {
	const built = buildRequest(operationOf('email', operation), { ...values }, 0);
	if (!built.ok) throw built.error;
	return built.value;
};
const read = jest.fn(() => Promise.resolve(success(template)));
const show = (operation: 'send' | 'sendBatch' | 'sendMime', values: object) =>
	showRequest(request(operation, values), read);

beforeEach(() => read.mockClear());

describe('an email without a template', () => {
	test('is shown as written', () => {
		expect(showEmail(email(), undefined)).toEqual({
			subject: 'Hello',
			html: '<p>Hello</p>',
			text: 'Hello',
			variables: {},
			notes: [],
		});
	});

	test('says that variables are filled in only in templates', () => {
		expect(showEmail(email({ subject: 'Hi {{name}}' }), undefined)).toMatchObject({
			subject: 'Hi {{name}}',
			notes: [expect.stringContaining('only if the email has a template')],
		});
	});

	test('is cut off where it is long, and says so', () => {
		const { html, notes } = showEmail(email({ html_body: 'x'.repeat(200_000) }), undefined);
		expect(html).toHaveLength(100_000);
		expect(notes).toEqual(['The HTML body is cut off. The preview shows at most 100,000 characters']);
	});
});

describe('an email with a template', () => {
	const data = { name: '<Jo>', order: '<7>', total: 3, items: [{ title: 'Tea' }] };

	test('shows subject and bodies with the values filled in, escaped in the HTML only', () => {
		expect(showEmail(email({ template_data: data }), success(template))).toEqual({
			subject: 'Order <7> & more',
			html: '<p>Hi &lt;Jo&gt;</p><b>Tea</b>{{money total}}',
			text: 'Hi <Jo>',
			variables: data,
			notes: [expect.stringContaining('can differ'), expect.stringContaining('knows money')],
		});
	});

	test('names the variables without a value', () => {
		const { variables, notes } = showEmail(email({ template_data: { name: 'Jo' } }), success(template));
		expect(variables).toEqual({ name: 'Jo', order: null, items: null, total: null });
		expect(notes.join()).toContain('There is no value for order, items, total');
	});

	test('says which text is not valid, and shows it as written', () => {
		const broken = readTemplate({ id: 'b', subject: '{{#if a}}', html_body: '{{a}}', text_body: '' });
		expect(showEmail(email({ template_data: { a: 1 } }), success(broken))).toMatchObject({
			subject: '{{#if a}}',
			html: '1',
			notes: expect.arrayContaining([expect.stringMatching(/^The subject of the template is not valid/)]),
		});
	});

	test('whose template cannot be read says why', () => {
		const error = new Smtp2goError('permission', 'No.', { endpoint: '/template/view' });
		expect(showEmail(email({ template_id: 'receipt' }), failure(error))).toEqual({
			subject: '',
			html: '',
			text: '',
			variables: {},
			notes: ['Template "receipt" could not be read: No (missing permission: /template/view)'],
		});
	});

	test('shortens a long value among the variables', () => {
		const { variables, html } = showEmail(email({ template_data: { name: 'x'.repeat(5_000) } }), success(template));
		expect(String(variables['name']).length).toBeLessThan(1_100);
		expect(html).toContain('x'.repeat(5_000));
	});
});

describe('a request that is not sent', () => {
	test('shows one email, and reads its template once', async () => {
		const one = {
			sender: 'a@example.com',
			to: 'b@example.com',
			template_id: 'receipt',
			template_data: { name: 'Jo' },
		};
		expect(await show('send', one)).toMatchObject({ preview: { text: 'Hi Jo' } });
		expect(read).toHaveBeenCalledTimes(1);
	});

	test('shows no more of a batch than anybody reads, within its limit', async () => {
		const emails = Array.from({ length: 30 }, () => email({ html_body: 'x'.repeat(90_000) }));
		const shown = await show('sendBatch', { emails });
		const { previews, previewsLeftOut } = shown as { previews: JsonObject[]; previewsLeftOut: number };
		expect(previews.length + previewsLeftOut).toBe(30);
		expect(JSON.stringify(shown).length).toBeLessThan(600_000);
		expect(read).not.toHaveBeenCalled();
		const small = await show('sendBatch', { emails: emails.map((one) => ({ ...one, html_body: 'x' })) });
		expect(small).toMatchObject({ previewsLeftOut: 10 });
		expect(await show('sendBatch', { emails: [email()] })).toEqual({ previews: [showEmail(email(), undefined)] });
	});

	test('shows nothing of a MIME message', async () => {
		expect(await show('sendMime', { mime_email: 'From: a@example.com\n\nHi' })).toEqual({});
	});
});
