import { proxyFor, type ProxyNode } from '../../../node-red/runtime/connection/proxy';

describe('the proxy of a call', () => {
	const choose = (target: string, env: Record<string, string>, node?: object) =>
		proxyFor(new URL(target), node as ProxyNode | undefined, env)?.url.host;
	const https = 'https://eu-api.smtp2go.com/v3';

	it.each<[string, Record<string, string>, string | undefined]>([
		['none', {}, undefined],
		['https_proxy', { https_proxy: 'http://p:1' }, 'p:1'],
		['HTTPS_PROXY', { HTTPS_PROXY: 'http://p:1' }, 'p:1'],
		['the lower case first', { https_proxy: 'http://low:1', HTTPS_PROXY: 'http://up:1' }, 'low:1'],
		['all_proxy', { all_proxy: 'http://p:1' }, 'p:1'],
		["npm's", { npm_config_https_proxy: 'http://p:1' }, 'p:1'],
		['not that of http', { http_proxy: 'http://p:1' }, undefined],
		['an address without a scheme', { https_proxy: 'p:1' }, 'p:1'],
		['no_proxy by name', { https_proxy: 'http://p:1', no_proxy: 'eu-api.smtp2go.com' }, undefined],
		['no_proxy by suffix', { https_proxy: 'http://p:1', no_proxy: 'a.example, .smtp2go.com' }, undefined],
		['no_proxy by star', { https_proxy: 'http://p:1', no_proxy: '*.smtp2go.com' }, undefined],
		['no_proxy for all', { https_proxy: 'http://p:1', no_proxy: '*' }, undefined],
		['no_proxy by port', { https_proxy: 'http://p:1', no_proxy: 'eu-api.smtp2go.com:443' }, undefined],
		['no_proxy of another port', { https_proxy: 'http://p:1', no_proxy: 'eu-api.smtp2go.com:8443' }, 'p:1'],
		['no_proxy of another host', { https_proxy: 'http://p:1', no_proxy: 'smtp2go.com' }, 'p:1'],
	])('follows the environment: %s', (_what, env, expected) => expect(choose(https, env)).toBe(expected));

	it("is the account's own before the environment's", () => {
		expect(choose(https, { https_proxy: 'http://env:1' }, { url: 'http://own:2' })).toBe('own:2');
		expect(
			choose(https, { https_proxy: 'http://env:1' }, { url: 'http://own:2', noproxy: ['eu-api.smtp2go.com'] }),
		).toBeUndefined();
	});

	it('gets the password of its node or its address', () => {
		const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
		expect(
			proxyFor(
				new URL(https),
				{ url: 'http://own:2', credentials: { username: 'u', password: 'p' } } as ProxyNode,
				{},
			)?.authorization,
		).toBe(basic('u:p'));
		expect(proxyFor(new URL(https), undefined, { https_proxy: 'http://u:p%40ss@p:1' })?.authorization).toBe(
			basic('u:p@ss'),
		);
	});
});
