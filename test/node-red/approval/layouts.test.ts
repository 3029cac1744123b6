/**
 * Questions where the editor is not at the root: the body of a post is still unread. And what is in the way of links.
 */
import type { Simulator } from '../../../simulator';
import { key, logged, type Web } from '../support/node-red';
import { ask, askFlow, fixed, linkTo, post, startAsk } from '../support/ask-flow';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
let web: Web;
useNodeRed(
	(started) => {
		({ simulator, web } = started);
	},
	{ deletesAll: true, layout: 'editorElsewhere' },
);

const start = (def: object = {}, settings: object = {}, more: object = {}) =>
	startAsk(askFlow(simulator, web.url, def, more), key(), settings);

it('a post whose body nobody has read yet decides', async () => {
	const { outs } = await start({ comment: 'optional' });
	ask();
	const link = await linkTo(simulator);
	expect((await post(link, { answer: 'approve', comment: 'Fine ✓' })).status).toBe(200);
	expect(await outs[0].next()).toMatchObject({ answer: { approved: true, comment: 'Fine ✓' } });
});

it('a post that is empty, too long, or not a form decides nothing', async () => {
	const { outs } = await start();
	ask();
	const link = await linkTo(simulator);
	const bodies = ['', '{"answer":["approve"]}', 'answer%00=approve'];
	for (const body of bodies) expect((await fetch(link, { method: 'POST', body })).status).toBe(422);
	const tooLong = await fetch(link, { method: 'POST', body: 'x'.repeat(300_000) });
	expect([tooLong.status, await tooLong.text()]).toEqual([413, expect.stringContaining('10,000')]);
	expect(outs.flatMap(({ messages }) => messages)).toEqual([]);
	await post(link, { answer: 'decline' });
	await outs[1].next();
});

it('the log says that recipients need the password of httpNodeAuth', async () => {
	await start({}, { httpNodeAuth: { user: 'u', pass: 'p' } });
	expect(logged().join()).toContain('errors.pagesNeedPassword');
});

it('a webhook with a password has no part in links', async () => {
	await start({}, {}, { hookAuth: 'basic' });
	ask();
	expect(await linkTo(simulator)).toMatch(new RegExp(`^${web.url}/smtp2go/account/ask/`));
});

it.each<[string, object]>([
	['limit', { limit: 'soon' }],
	['limit', { limit: -1 }],
	['limit', { limit: 9_000, limitUnit: 'days' }],
	['reminder', { remindAfter: 100 }],
	['reminder', { remindAfter: 36, limit: 36, limitUnit: 'hours' }],
	[
		'escalation',
		{ escalateAfter: 'x', fields: { to: fixed('boss@shop.example'), escalateTo: fixed('a@b.example') } },
	],
	['choice', { responseType: 'choice', choices: 'One' }],
])('a %s that is not valid is an error, and nothing is sent: %j', async (_what, def) => {
	const { caught } = await start(def);
	ask();
	expect((await caught.next()).error).toMatchObject({ code: 'SMTP2GO_INVALID' });
	expect(simulator.state.emails).toEqual([]);
});
