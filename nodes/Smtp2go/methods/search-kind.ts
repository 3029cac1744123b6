/** Searches the account for values that a field is chosen from. */
import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { isRecord, readPickList, success, type PickListEntry, type PickListPage } from '../../../api';
import { unwrapLocator } from '../parameters/form-values';
import { OPTIONS } from '../parameters/names';
import { callFromEditor } from './editor-call';

function listItem({ value, label, about }: PickListEntry): INodeListSearchItems {
	const description = [value === label ? '' : value, about].filter((text) => text !== '').join(', ');
	return { name: label || value, value, ...(description === '' ? {} : { description }) };
}

/** The subaccount in the form. An expression is not known before a run. */
function chosenSubaccount(context: ILoadOptionsFunctions): string | undefined {
	const options: unknown = context.getCurrentNodeParameters()?.[OPTIONS];
	const id = isRecord(options) ? unwrapLocator(options['subaccountId']) : undefined;
	return typeof id === 'string' && id !== '' && !id.startsWith('=') ? id : undefined;
}

/**
 * Reads one page of the values that a kind of field is chosen from.
 * @param filter what the user typed into the list
 * @throws NodeApiError, which the editor shows in place of the list; it names the missing permission
 */
export async function searchKind(
	context: ILoadOptionsFunctions,
	kind: string,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const none: PickListPage = { entries: [] };
	const { entries, next } = await callFromEditor(
		context,
		async (connection) =>
			(await readPickList(connection, kind, {
				typed: filter,
				from: paginationToken,
				subaccountId: chosenSubaccount(context),
			})) ?? success(none),
	);
	return { results: entries.map(listItem), ...(next === undefined ? {} : { paginationToken: next }) };
}
