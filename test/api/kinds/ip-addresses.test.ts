/** IP addresses and ranges: what a firewall would read in the same way, and nothing else. */
import { readIpAddress } from '../../../api/kinds/phones-and-ips';

function read(value: unknown): unknown {
	const result = readIpAddress(value, { name: 'ip_address', label: 'IP Address' });
	return result.ok ? result.value : result.error.message;
}

test.each([
	...['192.0.2.1', '0.0.0.0', '255.255.255.255', '192.0.2.0/24', '192.0.2.1/32', '10.0.0.0/8', '0.0.0.0/0'],
	...['2001:db8::1', '::', '::1', '2001:DB8::/32', '1:2:3:4:5:6:7:8', '::ffff:192.0.2.1', '2001:db8::1/128'],
	...['1:2:3:4:5:6:1.2.3.4', '0064:ff9b::01', '::0', '0123:0456:789a:bcde:f012:3456:255.255.255.255/128'],
])('%s is one', (address) => {
	expect(read(address)).toBe(address);
	expect(read(` ${address}\u200b`)).toBe(address);
});

test.each<unknown>([
	...['192.0.2', '192.0.2.1.5', '192.0.2.256', '192.0.2.1/33', '192.0.2.0/', '192.0.2.0/-1', '192.0.2.0/24/8'],
	...['192.0.2.x', 'x192.0.2.1', '192.0.2.1x', '192,0,2,1', '1920.0.2.1', '192..2.1', '192.0.2.1/1234', '19202001'],
	...[
		'01.0.2.1',
		'192.00.2.1',
		'192.0.2.010',
		'192.0.02.0/24',
		'::ffff:192.0.2.01',
		'::ffff:010.0.2.1',
		'::ffff:00.0.2.1',
	],
	...[
		'2001:db8::1::2',
		'2001:db8',
		'12345::',
		'2001:db8::/129',
		'2001:db8::g',
		':::',
		'::1%eth0',
		'192.0.2.1 /24',
		'::1 /128',
		'db8::1 x',
	],
	...[
		'example.com',
		'localhost',
		'192.0.2.1, 192.0.2.2',
		'192.0.2.\u200b1',
		'0x7f.0.0.1',
		`${'0'.repeat(40)}::00000001`,
	],
	...[7, null, undefined, true, {}, ['192.0.2.1']],
])('%p is none', (value) => {
	expect(read(value)).toBe('IP Address must be an IP address, such as 192.0.2.1');
});

test.each(['', ' ', '\u200b'])('%j counts as not set', (value) => {
	expect(read(value)).toBeUndefined();
});
