import { may } from '../http/auth';
import { object } from '../schema/readers';
import { type Route, route } from './route';

/** API keys. Every key may ask what it may do; wildcards are answered with the endpoints they stand for. */
export function apiKeyRoutes(paths: () => string[]): Route[] {
	return [route('POST', '/api_keys/permissions', object({}), (_input, { key }) => paths().filter((path) => may(key, path)))];
}
