import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { isRecord, readChoosable, success, type ListEntry, type ListPage } from '../../../api';
import { OPTIONS } from '../parameters/names';
import { bare } from '../parameters/form-values';
import { ask } from './editor-call';

function itemOf({ value, label, about }: ListEntry): INodeListSearchItems {
	const description = [value === label ? '' : value, about].filter((text) => text !== '').join(', ');
	return { name: label || value, value, ...(description === '' ? {} : { description }) };
}

/** The subaccount that the form names; an expression is not known before a run. */
function chosenSubaccount(context: ILoadOptionsFunctions): string | undefined {
	const options: unknown = context.getCurrentNodeParameters()?.[OPTIONS];
	const id = isRecord(options) ? bare(options['subaccountId']) : undefined;
	return typeof id === 'string' && id !== '' && !id.startsWith('=') ? id : undefined;
}

/**
 * One page of the things that a kind of field is chosen from.
 * @param filter what was typed into the list
 * @throws NodeApiError, which the editor shows in place of the list; it names the permission that the key lacks
 */
export async function searchKind(
	context: ILoadOptionsFunctions,
	kind: string,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const none: ListPage = { entries: [] };
	const { entries, next } = await ask(
		context,
		async (connection) =>
			(await readChoosable(connection, kind, {
				typed: filter,
				from: paginationToken,
				subaccountId: chosenSubaccount(context),
			})) ?? success(none),
	);
	return { results: entries.map(itemOf), ...(next === undefined ? {} : { paginationToken: next }) };
}
