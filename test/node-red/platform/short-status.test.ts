/** What a status shows of a message. */
import { shortened } from '../../../node-red/runtime/platform/short-status';

it.each([
	['Nothing was sent. Try again', 'Nothing was sent.'],
	[
		'Muss ein Datum mit Uhrzeit sein, z. B. 2026-11-28. Geben Sie eines ein',
		'Muss ein Datum mit Uhrzeit sein, z. B. 2026-11-28.',
	],
	['未发送任何内容。请先部署账户', '未发送任何内容。'],
	['x'.repeat(100), `${'x'.repeat(79)}…`],
])('%s', (message, shown) => {
	expect(shortened(message)).toBe(shown);
});
