import { newPassword } from '../state/ids';
import type { IpAuth, SmtpUser, Subaccount } from '../state/types';
import { DEFAULT_SETTINGS } from './settings';

/** A user who sends over SMTP. */
export function demoSmtpUsers(): SmtpUser[] {
	return [{
		...DEFAULT_SETTINGS, username: 'shop.example', email_password: newPassword(), description: 'Printer in the shop', feedback_domain: 'default', status: 'allowed',
	}];
}

/** An address that may send without a password; the API offers no way to add one. */
export function demoIpAuths(): IpAuth[] {
	return [{ ...DEFAULT_SETTINGS, ip_address: '192.0.2.10', description: 'Scanner in the office', feedback_domain: 'default', status: 'allowed' }];
}

/** One subaccount that works and one that is closed. */
export function demoSubaccounts(): Subaccount[] {
	const subaccount = (id: string, name: string, state: Subaccount['state']): Subaccount => ({
		id, name, email: `${id}@shop.example`, limit: 10_000, state, dedicatedIp: false, archiving: false, enforce2fa: false, smsEnabled: false, smsLimit: 1_000,
	});
	return [subaccount('demo01', 'Branch north', 'Active'), subaccount('demo02', 'Branch south', 'Closed')];
}
