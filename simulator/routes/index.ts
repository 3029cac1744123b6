// All operations that the simulator knows.
import { activityRoutes } from './reports/activity';
import { allowedRecipientRoutes, allowedSenderRoutes } from './senders/allowed';
import { apiKeyRoutes } from './access/api-key';
import { archiveRoutes } from './reports/archive';
import { dedicatedIpRoutes } from './access/dedicated-ip';
import { domainRoutes } from './senders/domain';
import { emailRoutes } from './email/email';
import { ipAllowListRoutes } from './access/ip-allow-list';
import { ipAuthRoutes } from './access/ip-auth';
import type { Route } from './shared/route';
import { scheduledRoutes } from './email/scheduled';
import { smsRoutes } from './sms';
import { singleSenderRoutes } from './senders/single-sender';
import { smtpUserRoutes } from './access/smtp-user';
import { statisticsRoutes } from './reports/statistics';
import { subaccountRoutes } from './access/subaccount';
import { suppressionRoutes } from './suppression';
import { templateRoutes } from './template';
import { webhookRoutes } from './webhook';

export type { Call, Route } from './shared/route';

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
