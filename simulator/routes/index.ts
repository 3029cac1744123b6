import { activityRoutes } from './activity';
import { apiKeyRoutes } from './api-keys';
import { emailRoutes } from './email';
import type { Route } from './route';
import { scheduledRoutes } from './scheduled';
import { smsRoutes } from './sms';
import { suppressionRoutes } from './suppression';
import { templateRoutes } from './template';
import { webhookRoutes } from './webhook';

export type { Call, Route } from './route';

/** Every operation the simulator knows. */
export const routes: readonly Route[] = [
	...activityRoutes,
	...apiKeyRoutes(() => [...new Set(routes.map(({ path }) => path))]),
	...emailRoutes,
	...scheduledRoutes,
	...smsRoutes,
	...suppressionRoutes,
	...templateRoutes,
	...webhookRoutes,
];

const byName = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));

/** The operation for a method and a path without `/v3`. */
export function findRoute(method: string, path: string): Route | undefined {
	return byName.get(`${method} ${path}`);
}
