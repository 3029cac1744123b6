// Turns a request to send into an email: template, files, headers.
import { Refusal } from '../core/refusal';
import type { Outgoing } from '../core/outgoing';
import { newEmailId, usernameOf } from '../core/ids';
import type { JsonObject } from '../core/json';
import type { State } from '../state/state';
import type { ApiKey, Email, EmailHeader, StoredFile } from '../types';
import type { SendRequest, FileRequest } from './request';
import { render } from './template';

/** What composing an email needs besides the request. */
export interface Workshop {
	state: State;
	outgoing: Outgoing;
	fetchUrls: boolean;
}

/** What an email is made of, before it has an id. */
export type Draft = Omit<Email, 'emailId' | 'username' | 'subaccountId' | 'receivedAt'>;

/** Gives a draft its id and, if the sender set none, its Message-Id. */
export function finish(draft: Draft, key: ApiKey): Email {
	const emailId = newEmailId();
	const own = draft.headers.some(({ header }) => header.toLowerCase() === 'message-id');
	const messageId: EmailHeader[] = own
		? []
		: [{ header: 'Message-Id', value: `<E${emailId}@message-id.smtpcorp.com>` }];
	const subaccount = key.subaccountId === undefined ? {} : { subaccountId: key.subaccountId };
	return {
		...draft,
		...subaccount,
		emailId,
		headers: [...draft.headers, ...messageId],
		username: usernameOf(key.key),
		receivedAt: new Date().toISOString(),
	};
}

/**
 * Makes a draft out of a send request: fills in the template and fetches attachments given by URL.
 * @throws Refusal unknown template, a template that cannot be filled in, an attachment that cannot be fetched
 */
export async function compose(request: SendRequest, via: Email['via'], workshop: Workshop): Promise<Draft> {
	const content = contentOf(request, workshop.state);
	return {
		via,
		sender: request.sender,
		to: request.to,
		cc: request.cc,
		bcc: request.bcc,
		...content,
		headers: request.custom_headers,
		attachments: await Promise.all(request.attachments.map((file) => store(file, workshop))),
		inlines: await Promise.all(request.inlines.map((file) => store(file, workshop))),
	};
}

function contentOf(request: SendRequest, state: State): Pick<Email, 'subject' | 'html' | 'text' | 'templateId'> {
	const { template_id, template_data } = request;
	if (template_id === undefined)
		return { subject: request.subject ?? '', html: request.html_body ?? '', text: request.text_body ?? '' };
	const template = state.templates.find(({ id }) => id === template_id);
	if (!template) throw new Refusal(400, `A template with id '${template_id}' was not found`);
	const data: JsonObject = template_data ?? {};
	return {
		subject: render(template.subject, data, 'text'),
		html: render(template.html_body, data, 'html'),
		text: render(template.text_body, data, 'text'),
		templateId: template_id,
	};
}

async function store(file: FileRequest, { outgoing, fetchUrls }: Workshop): Promise<StoredFile> {
	const { filename, mimetype = 'application/octet-stream', url } = file;
	if (url === undefined) return { filename, mimetype, content: file.fileblob ?? Buffer.alloc(0) };
	if (!fetchUrls) return { filename, mimetype, content: Buffer.alloc(0), url };
	const answer = await outgoing
		.send({ method: 'GET', url, timeoutMs: 10_000, maxBytes: 50_000_000 })
		.catch(() => undefined);
	if (answer?.status !== 200)
		throw new Refusal(400, `The attachment '${filename}' could not be retrieved from its url`);
	return { filename, mimetype, content: answer.body, url };
}
