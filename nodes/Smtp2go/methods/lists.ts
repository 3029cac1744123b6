import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import type { Json } from '../../../api';
import { ask, asked, isObject } from './ask';

function entriesOf(result: Json, entryOf: (record: Readonly<Record<string, Json>>) => INodeListSearchItems): INodeListSearchItems[] {
	return (Array.isArray(result) ? result : []).filter(isObject).map(entryOf);
}

/** Templates whose name, tag, ID or subject holds the text; SMTP2GO searches and pages. */
export async function searchTemplates(context: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	const { result, answer } = await ask(context, asked.templates, {
		...(filter ? { search_terms: [filter], fuzzy_search: true } : {}),
		...(paginationToken ? { continue_token: paginationToken } : {}),
	});
	const token = isObject(answer.data) ? answer.data['continue_token'] : undefined;
	return {
		results: entriesOf(result, ({ id, name, subject }) => ({ name: String(name || id), value: String(id), ...(subject ? { description: String(subject) } : {}) })),
		...(typeof token === 'string' && token !== '' ? { paginationToken: token } : {}),
	};
}

/** The account's webhooks, ten at most, whose address, events or number hold the text. */
export async function searchWebhooks(context: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const { result } = await ask(context, asked.webhooks, {});
	const results = entriesOf(result, ({ id, url, events, sms_events: smsEvents }) => {
		const reported = [events, smsEvents].flat().filter((event) => typeof event === 'string' && event !== '');
		return { name: `${String(url)} (no. ${String(id)})`, value: String(id), description: reported.join(', ') };
	});
	const wanted = filter.toLowerCase();
	return { results: results.filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(wanted)) };
}
