/** Numbers and dates in plain English, the same on every machine. */
import { formatNumber } from '../core/format';
import { offsetAt } from '../formats/zones';

/** Milliseconds of a day of 24 hours. */
export const DAY = 86_400_000;

const MONTHS = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
];
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The mark for a number that is not known. */
export const UNKNOWN = '–';

/** Returns what a clock of a time zone shows at a moment, as a date whose UTC parts are those of the clock. */
export function clockAt(moment: number, zone: string): Date {
	return new Date(moment + offsetAt(moment, zone));
}

/** Returns the number of the day in a time zone: days since 1970. */
export function dayAt(moment: number, zone: string): number {
	return Math.floor(clockAt(moment, zone).getTime() / DAY);
}

interface Day {
	readonly year: number;
	readonly month: number;
	readonly date: number;
}

function dayOf(number: number): Day {
	const day = new Date(number * DAY);
	return { year: day.getUTCFullYear(), month: day.getUTCMonth(), date: day.getUTCDate() };
}

function monthName(month: number, isShort: boolean): string {
	const name = MONTHS[month] ?? '';
	return isShort ? name.slice(0, 3) : name;
}

/**
 * Returns days in words: `November 21–27, 2026`, `October 28 – November 27, 2026`.
 * @param first a number of a day, and `last` too, which is part of the period
 */
export function daysText(first: number, last: number, isShort = false): string {
	const [from, to] = [dayOf(first), dayOf(last)];
	const name = ({ month, date }: Day) => `${monthName(month, isShort)} ${date}`;
	if (first === last) return `${name(from)}, ${from.year}`;
	if (from.year !== to.year) return `${name(from)}, ${from.year} – ${name(to)}, ${to.year}`;
	if (from.month !== to.month) return `${name(from)} – ${name(to)}, ${to.year}`;
	return `${name(from)}–${to.date}, ${to.year}`;
}

/** Returns one day for the label of a row, as in `Sat, Nov 21`. */
export function dayLabel(number: number): string {
	const { month, date } = dayOf(number);
	return `${WEEKDAYS[new Date(number * DAY).getUTCDay()] ?? ''}, ${monthName(month, true)} ${date}`;
}

/** Returns a few days for the label of a row, as in `Nov 21–27` or `Oct 28 – Nov 3`. */
export function weekLabel(first: number, last: number): string {
	const [from, to] = [dayOf(first), dayOf(last)];
	const start = `${monthName(from.month, true)} ${from.date}`;
	if (first === last) return start;
	return from.month === to.month ? `${start}–${to.date}` : `${start} – ${monthName(to.month, true)} ${to.date}`;
}

/** Returns the day of a moment in words, as in `November 21, 2026`. */
export function dateText(moment: number, zone: string): string {
	const day = dayAt(moment, zone);
	return daysText(day, day);
}

/** Returns a moment in words, as in `November 21, 2026, 14:05`. */
export function momentText(moment: number, zone: string): string {
	return `${dateText(moment, zone)}, ${clockAt(moment, zone).toISOString().slice(11, 16)}`;
}

/** Returns a count, or the mark for an unknown one. */
export function countText(count: number | null): string {
	return count === null ? UNKNOWN : formatNumber(count);
}

/** Returns a number with as many decimals as others in its column, or a whole one without. */
function fixed(number: number, decimals: number): string {
	if (number === 0 || number === 100) return String(number);
	const [whole = '', part = ''] = number.toFixed(decimals).split('.');
	return `${formatNumber(Number(whole))}.${part}`;
}

/** Returns a percentage with two decimals, as in `98.10%`, or `100%`. */
export function percentText(percent: number | null): string {
	return percent === null ? UNKNOWN : `${fixed(percent, 2)}%`;
}

/** Returns a count with its noun, as in `1 email` or `1,200 emails`. */
export function counted(count: number, noun: string, nouns = `${noun}s`): string {
	return `${formatNumber(count)} ${count === 1 ? noun : nouns}`;
}

function signed(number: number, decimals: number, unit: string): string {
	return `${number > 0 ? '+' : number < 0 ? '−' : '±'}${fixed(Math.abs(number), decimals)}${unit}`;
}

/** Returns the size of a change of a count, as in `12.5%`. */
export function sizeText(percent: number): string {
	return `${fixed(Math.abs(percent), 1)}%`;
}

/** Returns by how much a count changed, as in `+12.5%`. */
export function changeText(percent: number | null): string {
	return percent === null ? UNKNOWN : signed(percent, 1, '%');
}

/** Returns by how many percentage points a rate changed, as in `−0.3 pts`. */
export function pointsText(points: number | null): string {
	return points === null ? UNKNOWN : signed(points, 2, ' pts');
}

/** Marks that reverse the direction of the text after them. In a table they would move other columns. */
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Returns text from elsewhere on one line, with at most so many characters. */
export function oneLine(text: string, most: number): string {
	const line = text
		.replace(DIRECTIONS, '')
		.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
		.trim();
	const characters = [...line];
	return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : line;
}
