import { activityRoutes } from './activity';
import { allowedRecipientRoutes, allowedSenderRoutes } from './allowed';
import { apiKeyRoutes } from './api-keys';
import { archiveRoutes } from './archive';
import { dedicatedIpRoutes } from './dedicated-ip';
import { domainRoutes } from './domain';
import { emailRoutes } from './email';
import { ipAllowListRoutes } from './ip-allow-list';
import { ipAuthRoutes } from './ip-auth';
import type { Route } from './route';
import { scheduledRoutes } from './scheduled';
import { smsRoutes } from './sms';
import { singleSenderRoutes } from './single-sender';
import { smtpUserRoutes } from './smtp-user';
import { statisticsRoutes } from './statistics';
import { subaccountRoutes } from './subaccount';
import { suppressionRoutes } from './suppression';
import { templateRoutes } from './template';
import { webhookRoutes } from './webhook';

export type { Call, Route } from './route';

/** Every operation the simulator knows. */
export const routes: readonly Route[] = [
	...activityRoutes,
	...allowedRecipientRoutes,
	...allowedSenderRoutes,
	...apiKeyRoutes(() => [...new Set(routes.map(({ path }) => path))]),
	...archiveRoutes,
	...dedicatedIpRoutes,
	...domainRoutes,
	...emailRoutes,
	...ipAllowListRoutes,
	...ipAuthRoutes,
	...scheduledRoutes,
	...smsRoutes,
	...singleSenderRoutes,
	...smtpUserRoutes,
	...statisticsRoutes,
	...subaccountRoutes,
	...suppressionRoutes,
	...templateRoutes,
	...webhookRoutes,
];

const byName = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));

/** The operation for a method and a path without `/v3`. */
export function findRoute(method: string, path: string): Route | undefined {
	return byName.get(`${method} ${path}`);
}
