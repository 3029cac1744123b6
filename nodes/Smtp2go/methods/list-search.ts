/** The searchable lists of the editor, one per kind of field that is chosen from the account. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
// Not from api/index: n8n loads this file when it starts.
import { pickListKinds, type PickListKind } from '../../../api/pick-lists/match';

type Search = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

function searchOf(kind: string): Search {
	return async function search(filter, paginationToken) {
		return (await import('./search-kind')).searchKind(this, kind, filter, paginationToken);
	};
}

/** A search per kind, under the kind's own name: see `locator` in description/kind-parameters.ts. */
export const listSearch = Object.fromEntries(pickListKinds.map((kind) => [kind, searchOf(kind)])) as Readonly<
	Record<PickListKind, Search>
>;
