// A new account on its first day.
import { demoIpAuths, demoSmtpUsers, demoSubaccounts } from './demo';
import type { Account } from '../types';

/** An account on its first day; verified senders come from the settings. */
export function newAccount(demo: boolean): Account {
	return {
		domains: [],
		singleSenders: [],
		allowedSenders: {},
		allowedRecipients: {},
		smtpUsers: demo ? demoSmtpUsers() : [],
		ipAuths: demo ? demoIpAuths() : [],
		ipAllowLists: { smtp: { enabled: false, ip_addresses: [] }, api: { enabled: false, ip_addresses: [] } },
		subaccounts: demo ? demoSubaccounts() : [],
		recentCalls: {},
	};
}
