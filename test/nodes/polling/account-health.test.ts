/** The polling trigger watches the health of the account. */
import type { IDataObject } from 'n8n-workflow';
import { useAccount } from '../support/account';
import { Polling } from '../support/polling';

const account = useAccount();
const open = (parameters: IDataObject) =>
	new Polling(account.credentials, { watch: 'accountHealth', ...parameters } as never);
const titles = ({ executions }: Polling) =>
	executions.map((items) => items.map(({ check, status }) => [check, status]));

test('reports a problem once, when the workflow is published or later', async () => {
	const polling = open({ checks: ['quotaLeft'], quotaLeft: 20_000 });
	await polling.publish();
	await polling.tick();
	await polling.publish('init');
	expect(polling.executions).toEqual([
		[
			expect.objectContaining({
				check: 'quotaLeft',
				status: 'problem',
				limit: 20_000,
				message: expect.any(String),
				whatToDo: expect.any(String),
			}),
		],
	]);
});

test('reports a problem again after it was over, and the end of it if that is wanted', async () => {
	const polling = open({ checks: ['sendingBlocked'], reportRecovery: true });
	await polling.publish();
	const key = account.simulator.addKey({ sendingStatus: 'suspended' });
	const keys = () => account.simulator.state.keys.find((one) => one.key === key);
	for (const sendingStatus of ['suspended', 'suspended', 'allowed', 'suspended']) {
		Object.assign(keys() ?? {}, { sendingStatus });
		await polling.tick();
	}
	expect(titles(polling)).toEqual([
		[['sendingBlocked', 'problem']],
		[['sendingBlocked', 'recovered']],
		[['sendingBlocked', 'problem']],
	]);
});

test('a check that cannot be read is logged once an hour, and the others report', async () => {
	const polling = open({ checks: ['quotaLeft', 'webhook'], quotaLeft: 20_000 });
	account.simulator.setFault({ path: '/webhook/view', fault: 'error', message: 'Oh dear', times: 0 });
	await polling.publish();
	await polling.tick();
	await polling.tick();
	expect(titles(polling)).toEqual([[['quotaLeft', 'problem']]]);
	expect(polling.warnings).toEqual([expect.stringMatching(/\/webhook\/view could not be read.*Oh dear/)]);
});

test.each([
	[{ checks: [] }, 'Select at least one check'],
	[{ checks: ['permission'] }, 'Enter the permissions'],
])('rejects %j', async (parameters, message) => {
	await expect(open(parameters).publish()).rejects.toThrow(message);
});

test('Fetch Test Event shows what is wrong now, or how to see a report', async () => {
	expect(await open({ checks: ['quotaLeft'], quotaLeft: 20_000 }).fetchTestEvent()).toMatchObject([
		{ check: 'quotaLeft' },
	]);
	await expect(open({ checks: ['quotaLeft'] }).fetchTestEvent()).rejects.toMatchObject({
		description: expect.stringContaining('set a limit that is already crossed'),
	});
});
