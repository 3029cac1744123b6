import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
// This file alone, not all of api/: n8n loads it at every start.
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

/**
 * A search for every kind that is chosen from a list, under the kind's own name: see `locator` in description/kind-parameters.ts.
 */
export const listSearch = Object.fromEntries(listedKinds.map((kind) => [kind, searchOf(kind)])) as Readonly<
	Record<ListedKind, Search>
>;
