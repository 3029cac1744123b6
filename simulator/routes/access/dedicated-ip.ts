// Dedicated IP addresses: `/dedicated_ips/view`.
import { object } from '../../schema/readers';
import { type Route, route } from '../shared/route';

/** Pools of dedicated IP addresses. */
export const dedicatedIpRoutes: Route[] = [
	route('POST', '/dedicated_ips/view', object({}), (_input, { world: { state } }) =>
		state.ipPools.map((pool) => ({ ...pool })),
	),
];
