// What is easy to forget when an operation is added: the simulator's route, and the record of a route.
import { resources } from '../../api';
import { DEMO_API_KEY, startSimulator, type Simulator } from '../../simulator';
import { routes } from '../../simulator/routes';

/** Routes without a record in the catalogue, and why. Remove an entry as soon as its operation exists. */
const withoutRecord: Readonly<Record<string, string>> = {};

const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
const operations = resources.flatMap((resource) => resource.operations);
const known = operations.map(nameOf);

test('each route of the simulator has a record in the catalogue, or a reason in this file', () => {
	const extra = routes.map(nameOf).filter((name) => !known.includes(name));
	expect(extra).toEqual(Object.keys(withoutRecord));
});

describe('the simulator', () => {
	let simulator: Simulator;
	beforeAll(async () => {
		simulator = await startSimulator();
	});
	afterAll(() => simulator.stop());

	test.each(known)('has a route for %s', async (name) => {
		const [method = '', path = ''] = name.split(' ');
		const response = await fetch(simulator.apiUrl + path, {
			method,
			headers: { 'content-type': 'application/json', 'x-smtp2go-api-key': DEMO_API_KEY },
			body: '{}',
		});
		const text = await response.text();
		// Without its values a call can fail, but not because the endpoint is unknown.
		expect(text).not.toContain('has no endpoint');
		expect(response.status).not.toBe(404);
	});
});
