/** The parts of a report in HTML: tables of figures, and bars that are cells of a table. Every text is escaped. */
import { EMAIL_FONT, LAYOUT, type EmailRules } from '../../formats/email-html';
import { escaped } from '../../formats/html';
import { oneLine } from '../words';

/** The colors of light mode. Every text has a contrast of at least 4.5. */
const INK = '#171b24';
const SOFT = '#5a6373';
const LINE = '#e2e5ea';
const GOOD = '#2447c7';
const BAD = '#c2382e';
const TRACK = '#eceef3';

/** What narrow screens and dark mode change. */
export const RULES: EmailRules = {
	narrow: '.wide{display:none!important}.tile{padding:12px 10px!important}.big{font-size:20px!important}',
	dark:
		'.good{background:#7f9aff!important}.bad{background:#ff8f85!important}.track{background:#2b313d!important}' +
		'.tile{background:#222838!important}.better{color:#7fdba8!important}.worse{color:#ffb0a8!important}',
};

function font(weight: number, size: number, line: number): string {
	return `font:${weight} ${size}px/${line}px ${EMAIL_FONT}`;
}

/** A heading. The first level is the title. */
export function heading(level: 1 | 2, text: string): string {
	const style = level === 1 ? `margin:0 0 4px;${font(700, 24, 32)}` : `margin:32px 0 8px;${font(700, 17, 24)}`;
	return `<h${level} class="ink" style="${style};color:${INK}">${escaped(text)}</h${level}>`;
}

/** A paragraph. @param isSoft true for small print */
export function paragraph(text: string, isSoft = false, top = 0): string {
	const style = isSoft ? `${font(400, 13, 19)};color:${SOFT}` : `${font(400, 16, 24)};color:${INK}`;
	return `<p class="${isSoft ? 'soft' : 'ink'}" style="margin:${top}px 0 0;${style}">${escaped(text)}</p>`;
}

/** A list of small print. */
export function list(texts: readonly string[]): string {
	const entries = texts.map((text) => `<li style="margin:0 0 6px">${escaped(text)}</li>`).join('');
	return `<ul class="soft" style="margin:0;padding:0 0 0 18px;${font(400, 13, 19)};color:${SOFT}">${entries}</ul>`;
}

/** Whether a change is for the better. Undefined for one that is neither. */
export type Mood = 'better' | 'worse' | undefined;

const MOODS = { better: '#17693f', worse: '#a8231b' } as const;

/** A change, in its color. The sign says the same as the color. */
export function change(text: string, mood: Mood): string {
	return mood === undefined
		? escaped(text)
		: `<span class="${mood}" style="color:${MOODS[mood]}">${escaped(text)}</span>`;
}

/** A cell of a table: HTML that is escaped already, and a second line in small print. */
export interface Cell {
	readonly html: string;
	readonly under?: string | undefined;
}

/** A cell with text from elsewhere, shortened. */
export function textCell(text: string, most: number, under?: string): Cell {
	return { html: escaped(oneLine(text, most)), under: under === undefined ? undefined : escaped(under) };
}

/** A column: its title, and whether narrow screens leave it out. */
export interface Column {
	readonly title: string;
	readonly isWide?: boolean;
	readonly width?: string;
	readonly isText?: boolean;
}

/** The attributes of a cell. Fonts and colors are those of its table, because they would be most of the size. */
function cellAttributes({ isText = false, isWide = false, width }: Column, top: number, weight = ''): string {
	const wrap = isText ? 'word-break:break-word' : 'white-space:nowrap';
	return (
		`class="line${isWide ? ' wide' : ''}"${width === undefined ? '' : ` width="${width}"`} valign="top" ` +
		`align="${isText ? 'left' : 'right'}" ` +
		`style="padding:${top}px 0 ${top}px ${isText ? 0 : 10}px;border-bottom:1px solid ${LINE};${wrap}${weight}"`
	);
}

function small(html: string): string {
	return `<span class="soft" style="font-size:12px;line-height:16px;color:${SOFT}">${html}</span>`;
}

function headCell(column: Column): string {
	return `<th scope="col" ${cellAttributes(column, 6)}>${small(escaped(column.title))}</th>`;
}

function bodyCell({ html, under }: Cell, column: Column, isFirst: boolean): string {
	const [open, close] = isFirst ? ['th scope="row"', 'th'] : ['td', 'td'];
	const direction = column.isText ? ' dir="auto"' : '';
	const content = html + (under === undefined ? '' : `<br>${small(under)}`);
	return `<${open}${direction} ${cellAttributes(column, 7, isFirst ? ';font-weight:400' : '')}>${content}</${close}>`;
}

/** A table of data. The first cell of each row is its heading. */
export function table(columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
	const body = rows.map(
		(row) =>
			`<tr>${columns.map((column, index) => bodyCell(row[index] ?? { html: '' }, column, index === 0)).join('')}</tr>`,
	);
	return (
		`<table width="100%" cellpadding="0" cellspacing="0" border="0" class="ink" style="${font(400, 14, 20)};color:${INK}">` +
		`<thead><tr>${columns.map(headCell).join('')}</tr></thead><tbody>${body.join('')}</tbody></table>`
	);
}

/** A large number with its label, and what is below it. */
export interface Tile {
	readonly label: string;
	readonly value: string;
	/** HTML that is escaped already. */
	readonly under: string;
}

/** Large numbers side by side. */
export function tiles(all: readonly Tile[]): string {
	const gap = '<td width="8" style="width:8px;font-size:0;line-height:0">&nbsp;</td>';
	const cells = all.map(
		({ label, value, under }) =>
			`<td class="tile" width="33%" valign="top" bgcolor="#f3f4f7" style="background:#f3f4f7;border-radius:10px;padding:14px 16px">` +
			`<div class="soft" style="${font(600, 12, 16)};color:${SOFT}">${escaped(label)}</div>` +
			`<div class="ink big" style="${font(700, 26, 34)};color:${INK};white-space:nowrap">${escaped(value)}</div>` +
			`<div class="soft" style="${font(400, 12, 16)};color:${SOFT}">${under}</div></td>`,
	);
	return `<table ${LAYOUT} style="margin:20px 0 0"><tr>${cells.join(gap)}</tr></table>`;
}

/** A part of a bar. */
function piece(kind: 'good' | 'bad' | 'track', percent: number): string {
	const color = { good: GOOD, bad: BAD, track: TRACK }[kind];
	return percent <= 0 ? '' : `<td class="${kind}" width="${percent}%" height="12" bgcolor="${color}"></td>`;
}

/**
 * A bar as a row of colored cells, which needs neither an image nor a script.
 * @param all the length of the bar, `bad` the part of it in the color of a problem, and `most` the longest bar
 */
export function bar(all: number, bad: number, most: number): Cell {
	const length = most <= 0 ? 0 : Math.ceil((100 * all) / most);
	// What happened at all is shown.
	const red =
		bad <= 0 || all <= 0 ? 0 : Math.min(length, Math.max(1, Math.round((length * Math.min(bad, all)) / all)));
	const pieces = piece('good', length - red) + piece('bad', red) + piece('track', 100 - length);
	return { html: `<table ${LAYOUT} style="margin:4px 0;font-size:0;line-height:0"><tr>${pieces}</tr></table>` };
}

/** The meaning of the colors of bars. */
export function legend(good: string, bad: string): string {
	const mark = (kind: 'good' | 'bad', color: string) =>
		`<span class="${kind}" style="display:inline-block;width:10px;height:10px;background:${color}">&nbsp;</span> `;
	return (
		`<p class="soft" style="margin:0 0 6px;${font(400, 13, 19)};color:${SOFT}">${mark('good', GOOD)}${escaped(good)} &nbsp; ` +
		`${mark('bad', BAD)}${escaped(bad)}</p>`
	);
}
