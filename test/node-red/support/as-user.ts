/** The routes of the editor for a user with certain permissions. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import express from 'express';
import supertest from 'supertest';
import { openDialogRoutes } from '../../../node-red/runtime/dialogs/routes';
import { runtime } from './node-red';

/** The routes as a user meets them who has these permissions and no others. */
export function asUser(...may: string[]) {
	const app = express();
	app.use(express.json());
	const needsPermission =
		(permission: string): express.RequestHandler =>
		(_request, response, next) => {
			if (may.includes(permission)) next();
			else response.status(401).end();
		};
	const RED = runtime();
	openDialogRoutes(
		Object.create(RED, { auth: { value: { needsPermission } }, httpAdmin: { value: app } }) as typeof RED,
	);
	return supertest(app);
}
