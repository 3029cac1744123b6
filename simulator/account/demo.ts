// The SMTP users, IP authentications and subaccounts of the demo account.
import { newPassword } from '../core/ids';
import type { IpAuth, SmtpUser, Subaccount } from '../types';
import { DEFAULT_SETTINGS } from './settings';
import { newSubaccount } from './subaccounts';

/** A user who sends over SMTP. */
export function demoSmtpUsers(): SmtpUser[] {
	const settings = { ...DEFAULT_SETTINGS, description: 'Printer in the shop' };
	return [
		{
			username: 'shop.example',
			email_password: newPassword(),
			feedback_domain: 'default',
			status: 'allowed',
			settings,
		},
	];
}

/** An address that can send without a password. The API cannot add one. */
export function demoIpAuths(): IpAuth[] {
	return [
		{
			ip_address: '192.0.2.10',
			feedback_domain: 'default',
			status: 'allowed',
			settings: { ...DEFAULT_SETTINGS, description: 'Scanner in the office' },
		},
	];
}

/** One subaccount that works and one that is closed. */
export function demoSubaccounts(): Subaccount[] {
	return [
		newSubaccount({ id: 'demo01', name: 'Branch north', email: 'north@shop.example' }),
		newSubaccount({ id: 'demo02', name: 'Branch south', email: 'south@shop.example', state: 'Closed' }),
	];
}
