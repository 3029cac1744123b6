/** A report as plain text, in columns. */
import type { FigureName, ReportData, ReportFigure } from './types';
import { changeText, counted, countText, dateText, oneLine, percentText, pointsText } from './words';

/** The maximum width of a name in columns, and of a line of text. */
const MAX_NAME = 40;
const MAX_LINE = 76;

/** Characters that take two columns in a font of one width, and those that take none. */
const WIDE =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u;
const NARROW = /[\p{M}\p{Cf}]/u;

function widthOf(text: string): number {
	return [...text].reduce((sum, sign) => sum + (NARROW.test(sign) ? 0 : WIDE.test(sign) ? 2 : 1), 0);
}

function padded(text: string, width: number, isNumber: boolean): string {
	const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
	return isNumber ? blanks + text : text + blanks;
}

/** Returns rows in columns: the first one is text, the others are numbers. */
function columns(rows: readonly (readonly string[])[]): string {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
	return rows
		.map((row) =>
			row
				.map((cell, column) => padded(cell, widths[column] ?? 0, column > 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

/** Breaks a text into lines of whole words. @param indent before each line but the first */
function wrapped(text: string, indent = ''): string {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		if (line !== '' && widthOf(`${line} ${word}`) > MAX_LINE) {
			lines.push(line);
			line = indent + word;
		} else line = line === '' ? word : `${line} ${word}`;
	}
	return [...lines, line].join('\n');
}

function section(title: string, ...parts: readonly string[]): string {
	return [title.toUpperCase(), '-'.repeat(title.length), ...parts].join('\n');
}

function figureRow({
	label,
	count,
	previousCount,
	changePercent,
	rate,
	previousRate,
	rateChange,
	rateOf,
}: ReportFigure) {
	const hasRate = rateOf !== null;
	return [
		label,
		countText(count),
		hasRate ? percentText(rate) : '',
		countText(previousCount),
		hasRate ? percentText(previousRate) : '',
		hasRate ? pointsText(rateChange) : changeText(changePercent),
	];
}

function figures(all: Record<FigureName, ReportFigure>): string {
	return columns([['', 'Now', 'Rate', 'Before', 'Rate', 'Change'], ...Object.values(all).map(figureRow)]);
}

function steps({ steps: rows, stepUnit }: ReportData): string {
	const most = Math.max(1, ...rows.map(({ sent }) => sent ?? 0));
	const bar = (sent: number | null) => '#'.repeat(Math.ceil((24 * (sent ?? 0)) / most));
	const table = columns([
		[stepUnit === 'day' ? 'Day' : 'Week', 'Sent', 'Bounces', 'Rejects'],
		...rows.map(({ label, sent, bounces, rejects }) => [label, ...[sent, bounces, rejects].map(countText)]),
	]).split('\n');
	return table
		.map((line, index) => (index === 0 ? line : `${line}  ${bar(rows[index - 1]?.sent ?? null)}`.trimEnd()))
		.join('\n');
}

/** The number of rows of each list in text and HTML. The data has more. */
export const SHOWN = 10;

/** Says how many rows are not shown. Empty if all are. */
export function restText(count: number, noun: string): string {
	return count > SHOWN ? `And ${counted(count - SHOWN, noun)} more.` : '';
}

function senders({ senders: rows, senderCount }: ReportData): string {
	const table = columns([
		['Sender', 'Sent', 'Bounced', 'Complaints'],
		...rows
			.slice(0, SHOWN)
			.map(({ sender, sent, bounceRate, complaints }) => [
				oneLine(sender, MAX_NAME) || 'Unknown',
				countText(sent),
				percentText(bounceRate),
				countText(complaints),
			]),
	]);
	return [table, restText(senderCount, 'sender')].filter((part) => part !== '').join('\n');
}

function domains({ recipientDomains, recipientDomainCount }: ReportData): string {
	const table = columns([
		['Domain', 'Emails', 'Delivered', 'Bounced', 'Complaints'],
		...recipientDomains
			.slice(0, SHOWN)
			.map(({ domain, emails, deliveredRate, bounceRate, complaints }) => [
				oneLine(domain, MAX_NAME),
				countText(emails),
				percentText(deliveredRate),
				percentText(bounceRate),
				countText(complaints),
			]),
	]);
	return [table, restText(recipientDomainCount, 'domain')].filter((part) => part !== '').join('\n');
}

/** Says how many bounces of each type there were, as in `3 hard, 1 soft`. */
export function typesText({
	hardBounces,
	softBounces,
}: {
	readonly hardBounces: number;
	readonly softBounces: number;
}): string {
	return [hardBounces > 0 ? `${hardBounces} hard` : '', softBounces > 0 ? `${softBounces} soft` : '']
		.filter((part) => part !== '')
		.join(', ');
}

function reasons({ bounceReasons }: ReportData): string {
	return bounceReasons
		.slice(0, SHOWN)
		.map((row) => wrapped(`${typesText(row)}: ${row.reason}`, '    '))
		.join('\n');
}

function worst({ worstBounces }: ReportData): string {
	return worstBounces
		.slice(0, SHOWN)
		.map((row) => wrapped(`${oneLine(row.recipient, MAX_NAME)} (${typesText(row)}): ${row.reason}`, '    '))
		.join('\n');
}

/** Says how much of the quota is used. */
export function quotaText({ quota, timeZone }: ReportData): string {
	if (quota === null) return '';
	const ends = Date.parse(quota.ends);
	const until = Number.isNaN(ends) ? '' : ` The billing period ends on ${dateText(ends, timeZone)}.`;
	return `${countText(quota.used)} of ${countText(quota.max)} emails of the quota are used.${until}`;
}

/** Returns a report as plain text, without its subject. */
export function reportText(data: ReportData): string {
	const { period, previousPeriod, timeZone, summary, rates, notes } = data;
	const quota = quotaText(data);
	return [
		`DELIVERABILITY REPORT\n${period.label}\nTime zone: ${timeZone}. Compared with ${previousPeriod.label}.`,
		summary.map((sentence) => wrapped(sentence)).join('\n'),
		section('Figures', figures(data.figures), '', wrapped(rates)),
		...(data.steps.every(({ sent }) => sent === null)
			? []
			: [section(data.stepUnit === 'day' ? 'By day' : 'By week', steps(data))]),
		...(data.senders.length === 0 ? [] : [section('By sender', senders(data))]),
		...(data.recipientDomains.length === 0 ? [] : [section('By recipient domain', domains(data))]),
		...(data.bounceReasons.length === 0 ? [] : [section('Why emails bounced', reasons(data))]),
		...(data.worstBounces.length === 0 ? [] : [section('Recipients that bounced most', worst(data))]),
		...(quota === '' ? [] : [section('Quota', wrapped(quota))]),
		...(notes.length === 0 ? [] : [section('Notes', ...notes.map((note) => wrapped(`- ${note}`, '  ')))]),
	].join('\n\n');
}
