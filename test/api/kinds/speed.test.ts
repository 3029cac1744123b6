/**
 * A megabyte of hostile text takes each reader less than 50 ms of processor time, and a few times that on a slow or
 * busy machine: a form field must not stop a host.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals -- the environment says how many runs */
import fc from 'fast-check';
import { resources, inZone, type Field, type Kind } from '../../../api';
import { tooLong } from '../support/processor-time';
import { readersAt } from '../support/readers';
import { bareAddress, splitAddresses } from '../../../api/formats/mailbox';
import { toDate } from '../../../api/formats/moments';
import { junk, NOW } from '../support/generators';

const runs = Number(process.env['FUZZ_RUNS'] ?? 60);
const MEGABYTE = 1_000_000;

const read = readersAt(NOW);
/** A kind of each reader; many kinds share one. */
const kinds = (Object.keys(read) as Kind[]).filter(
	(kind, index, all) => all.findIndex((other) => read[other] === read[kind]) === index,
);
const fields: readonly Field[] = resources.flatMap(({ operations }) =>
	operations.flatMap((operation): readonly Field[] => operation.fields),
);

/** Pieces that a hostile text is made of, over and over. */
const pieces = [
	'"',
	'\\"',
	'\\',
	'<',
	'>',
	'<>',
	'<a',
	'"a" <',
	',',
	';',
	'\n',
	'@',
	'a@',
	'a@b.co,',
	'Jane <a@b.co>,',
	'"a,b" <a@b.co>;',
	'(',
	' ',
	'\t',
	'\u00a0',
	'\u200b',
	'\u202e',
	'\ufe0f',
	'\ud83d',
	'😀',
	'[',
	'{',
	'1',
	'1 ',
	'+1',
	'1-',
	'(1)',
	'0,',
	'=',
	'a',
	'aGk',
	'a=',
	'-_',
	'%',
	'%41',
	'%e4',
	'\u0000',
	'é',
	'.',
	'a.',
	':',
	':a',
	'X:',
	'T',
	'2026-',
	' Nov ',
	'::',
	'bounce,',
	'https://',
	'data:',
	'data:;a=b',
];
/** Texts that are JSON: lists and objects, wide and deep. */
const json = [
	`[${'[],'.repeat(300_000)}0]`,
	`[${'{},'.repeat(300_000)}0]`,
	`[${'"",'.repeat(300_000)}""]`,
	`[${'null,'.repeat(200_000)}null]`,
	`[${'"a@b.co",'.repeat(100_000)}"a"]`,
	`[${'1,'.repeat(400_000)}1]`,
	`${'['.repeat(400_000)}${']'.repeat(400_000)}`,
	`${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`,
	`{${Array.from({ length: 20_000 }, (_, index) => `"key of some length ${index}":"value of some length"`).join(',')}}`,
];

/** The pieces that take a function too long, with the time. */
function slow(texts: readonly (readonly [name: string, text: string])[], work: (text: string) => unknown): string[] {
	return texts.flatMap(([name, text]) => {
		const took = tooLong(() => work(text));
		return took === undefined ? [] : [`${name}: ${took.toFixed(0)} ms`];
	});
}

const repeated = (piece: string): string =>
	piece.repeat(Math.ceil(MEGABYTE / Math.max(1, piece.length))).slice(0, MEGABYTE);
const hostile = [
	...pieces.map((piece) => [JSON.stringify(piece), repeated(piece)] as const),
	...pieces
		.filter((_, index) => index % 3 === 0)
		.map((piece) => [`${JSON.stringify(piece)} behind an address`, `a@b.co${repeated(piece)}x`] as const),
	...json.map((text) => [text.slice(0, 20), text] as const),
];

jest.setTimeout(120_000 + runs * 200);

test.each(kinds)('%s', (kind) => {
	const field: Field = fields.find((one) => one.kind === kind) ?? { name: kind, label: kind, kind, help: '' };
	expect(slow(hostile, (text) => read[kind](text, field))).toEqual([]);
	// The same text as an entry of a list, and as the values of an object.
	const few = hostile.filter((_, index) => index % 7 === 0);
	expect(slow(few, (text) => read[kind]([text], field))).toEqual([]);
	// A megabyte in all.
	const parts = few.map(([name, text]) => [name, text.slice(0, MEGABYTE / 6)] as const);
	expect(
		slow(parts, (text) =>
			read[kind]({ name: text, email: text, filename: text, content: text, header: text, value: text }, field),
		),
	).toEqual([]);
});

test('what events and hosts read', () => {
	for (const work of [splitAddresses, bareAddress, toDate, (text: string) => inZone(text, 'Europe/Berlin')])
		expect(slow(hostile, work)).toEqual([]);
});

test('any piece over and over', () => {
	fc.assert(
		fc.property(fc.constantFrom(...kinds), junk, junk, (kind, piece, end) => {
			const field: Field = fields.find((one) => one.kind === kind) ?? { name: kind, label: kind, kind, help: '' };
			const text = `${repeated(piece)}${end}`;
			expect(slow([[piece, text]], () => read[kind](text, field))).toEqual([]);
		}),
		{ seed: Number(process.env['FUZZ_SEED'] ?? 20_261_127), numRuns: runs },
	);
});
