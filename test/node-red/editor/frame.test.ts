/** What the preview of an email can load: images of the hosts that the user saw, and nothing else. */
import { documentOf, hasRemote, hostsIn } from '../../../node-red/editor/preview/frame';

const none = new Set<string>();
const image = (host: string) => `<img src="https://${host}/a.png">`;
const policy = (html: string, hosts: ReadonlySet<string>) =>
	/Content-Security-Policy" content="([^"]*)"/.exec(documentOf(html, hosts))?.[1];

it('loads nothing from outside before the user asks', () => {
	expect(policy(image('cdn.example'), none)).toBe("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
	expect(hasRemote(image('cdn.example'), none)).toBe(true);
	expect(hasRemote('<p>https://cdn.example/</p><img src="data:image/png;base64,AA">', none)).toBe(false);
});

it('loads images of the hosts that the email named, and asks again for those of another', () => {
	const hosts = new Set(hostsIn(image('cdn.example')));
	expect(policy(image('tracker.example'), hosts)).toMatch(
		/img-src data: https:\/\/cdn\.example http:\/\/cdn\.example$/,
	);
	expect(hasRemote(image('cdn.example'), hosts)).toBe(false);
	expect(hasRemote(image('cdn.example') + image('tracker.example'), hosts)).toBe(true);
});

it.each([
	['<img srcset="//a.example/1 1x, HTTPS://B.example:8443/2 2x">', ['a.example', 'b.example:8443']],
	['<p style="background:url(http://a.example)">', ['a.example']],
	["<td background='https://u:p@bücher.example/x?y=z'>", ['xn--bcher-kva.example']],
	['<img src="https://a.example;script-src *">', ['a.example']],
	['<img src="https://*.example/"><img src="https://%22">', []],
	['<img src="https://a.example\'%20evil">', ['a.example']],
])('the hosts of %s', (html, hosts) => {
	expect(hostsIn(html)).toEqual(hosts);
});

it('takes no longer than the text is long', () => {
	const started = performance.now();
	for (const part of ['//', 'src=', 'url(', 'https://a', 'src= "', '\t'])
		hasRemote(part.repeat(1_000_000 / part.length), none);
	for (const part of ['src=', 'url(', 'src']) hasRemote(part + ' '.repeat(1_000_000), none);
	expect(performance.now() - started).toBeLessThan(5_000);
});
