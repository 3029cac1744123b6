/** The searchable lists of the editor, one per kind of field that is chosen from the account. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
// Not from api/index: n8n loads this file when it starts.
import { listedKinds, type ListedKind } from '../../../api/pick-lists/match';

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
export const listSearch = Object.fromEntries(listedKinds.map((kind) => [kind, searchOf(kind)])) as Readonly<
	Record<ListedKind, Search>
>;
