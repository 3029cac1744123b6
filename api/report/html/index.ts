/** A report as HTML for an email: tables and inline styles, which every email program shows. It loads nothing. */
import { emailDocument } from '../../formats/email-html';
import { escaped } from '../../formats/html';
import {
	bar,
	change,
	heading,
	legend,
	list,
	paragraph,
	RULES,
	table,
	textCell,
	tiles,
	type Cell,
	type Column,
	type Mood,
	type Tile,
} from './parts';
import { quotaText, restText, SHOWN, typesText } from '../text';
import type { FigureName, ReportData, ReportFigure } from '../types';
import { changeText, countText, percentText, pointsText } from '../words';

/** The maximum length of a name, and of a reason, in characters. With it, every report is far below 100 kB. */
const MAX_NAME = 60;
const MAX_REASON = 160;

/** Whether more of it is good. The number of emails and the reactions of readers are neither good nor bad. */
const GOOD_WHEN: Partial<Record<FigureName, 'more' | 'less'>> = {
	delivered: 'more',
	bounces: 'less',
	hardBounces: 'less',
	softBounces: 'less',
	rejects: 'less',
	complaints: 'less',
	unsubscribes: 'less',
};

function moodOf(name: FigureName, rateChange: number | null): Mood {
	const good = GOOD_WHEN[name];
	if (good === undefined || rateChange === null || rateChange === 0) return undefined;
	return rateChange > 0 === (good === 'more') ? 'better' : 'worse';
}

function changeOf(name: FigureName, { rateOf, rateChange, changePercent }: ReportFigure): string {
	return rateOf === null
		? change(changeText(changePercent), undefined)
		: change(pointsText(rateChange), moodOf(name, rateChange));
}

function textColumn(title: string): Column {
	return { title, isText: true };
}

function numberCell(text: string, under?: string): Cell {
	return { html: escaped(text), under: under === undefined ? undefined : escaped(under) };
}

function isKnown({ count, previousCount }: ReportFigure): boolean {
	return count !== null || previousCount !== null;
}

function figureTable(figures: Record<FigureName, ReportFigure>): string {
	const rows = (Object.entries(figures) as [FigureName, ReportFigure][])
		.filter(([, figure]) => isKnown(figure))
		.map(([name, figure]) => {
			const { label, count, previousCount, rate, previousRate, rateOf } = figure;
			const under = (percent: number | null) =>
				rateOf === null || percent === null ? undefined : percentText(percent);
			return [
				{ html: escaped(label) },
				numberCell(countText(count), under(rate)),
				numberCell(countText(previousCount), under(previousRate)),
				{ html: changeOf(name, figure) },
			];
		});
	return table([textColumn('Figure'), { title: 'This period' }, { title: 'Before' }, { title: 'Change' }], rows);
}

function tileOf(figures: Record<FigureName, ReportFigure>, name: FigureName, isCount: boolean): Tile {
	const figure = figures[name];
	const isCompared = isCount ? figure.changePercent !== null : figure.rateChange !== null;
	return {
		label: figure.label,
		value: isCount ? countText(figure.count) : percentText(figure.rate),
		under: isCompared ? changeOf(name, figure) : '&nbsp;',
	};
}

/** The emails sent, and the two most telling rates of those that are known. */
function headlines(figures: Record<FigureName, ReportFigure>): Tile[] {
	const rates = (['delivered', 'bounces', 'complaints'] as const).filter((name) => isKnown(figures[name]));
	return [tileOf(figures, 'sent', true), ...rates.slice(0, 2).map((name) => tileOf(figures, name, false))];
}

function stepTable({ steps, stepUnit }: ReportData): string {
	const most = Math.max(...steps.map(({ sent }) => sent ?? 0));
	const rows = steps.map(({ label, sent, bounces, rejects }): Cell[] => {
		const bad = (bounces ?? 0) + (rejects ?? 0);
		return [
			numberCell(label),
			sent === null ? numberCell('Not read') : bar(sent, bad, most),
			numberCell(countText(sent)),
			numberCell(sent === null ? countText(null) : countText(bad)),
		];
	});
	return (
		legend('Sent', 'Bounced or rejected') +
		table(
			[
				{ title: stepUnit === 'day' ? 'Day' : 'Week', isText: true, width: '104' },
				{ title: 'Chart', isText: true },
				{ title: 'Sent', width: '56' },
				{ title: 'Failed', width: '48' },
			],
			rows,
		)
	);
}

function senderTable({ senders }: ReportData): string {
	return table(
		[textColumn('Sender'), { title: 'Sent' }, { title: 'Bounced' }, { title: 'Complaints' }],
		senders
			.slice(0, SHOWN)
			.map(({ sender, sent, bounceRate, complaints }) => [
				textCell(sender || 'Unknown', MAX_NAME),
				numberCell(countText(sent)),
				numberCell(percentText(bounceRate)),
				numberCell(countText(complaints)),
			]),
	);
}

function domainTable({ recipientDomains }: ReportData): string {
	return table(
		[
			textColumn('Domain'),
			{ title: 'Emails' },
			{ title: 'Delivered' },
			{ title: 'Bounced' },
			{ title: 'Complaints', isWide: true },
		],
		recipientDomains
			.slice(0, SHOWN)
			.map(({ domain, emails, deliveredRate, bounceRate, complaints }) => [
				textCell(domain, MAX_NAME),
				numberCell(countText(emails)),
				numberCell(percentText(deliveredRate)),
				numberCell(percentText(bounceRate)),
				numberCell(countText(complaints)),
			]),
	);
}

function reasonTable({ bounceReasons }: ReportData): string {
	return table(
		[textColumn('Reason'), { title: 'Bounces' }],
		bounceReasons.slice(0, SHOWN).map((row) => [textCell(row.reason, MAX_REASON), numberCell(typesText(row))]),
	);
}

function worstTable({ worstBounces }: ReportData): string {
	return table(
		[textColumn('Recipient'), { title: 'Bounces' }],
		worstBounces.slice(0, SHOWN).map((row) => {
			const { html } = textCell(row.reason, MAX_REASON);
			return [{ ...textCell(row.recipient, MAX_NAME), under: html }, numberCell(typesText(row))];
		}),
	);
}

/** A heading and its content, or nothing if there is nothing to show. */
function section(title: string, isShown: boolean, ...content: readonly string[]): string {
	return isShown ? heading(2, title) + content.join('') : '';
}

function rest(count: number, noun: string): string {
	const text = restText(count, noun);
	return text === '' ? '' : paragraph(text, true, 8);
}

function card(data: ReportData): string {
	const { period, previousPeriod, timeZone, summary, figures, rates, notes } = data;
	const quota = quotaText(data);
	return [
		heading(1, 'Deliverability report'),
		paragraph(period.label),
		paragraph(`Time zone: ${timeZone}. Compared with ${previousPeriod.label}.`, true, 4),
		tiles(headlines(figures)),
		paragraph(summary.join(' '), false, 20),
		section('Figures', true, figureTable(figures), paragraph(rates, true, 8)),
		section(
			data.stepUnit === 'day' ? 'By day' : 'By week',
			data.steps.some(({ sent }) => sent !== null),
			stepTable(data),
		),
		section('By sender', data.senders.length > 0, senderTable(data), rest(data.senderCount, 'sender')),
		section(
			'By recipient domain',
			data.recipientDomains.length > 0,
			domainTable(data),
			rest(data.recipientDomainCount, 'domain'),
		),
		section('Why emails bounced', data.bounceReasons.length > 0, reasonTable(data)),
		section('Recipients that bounced most', data.worstBounces.length > 0, worstTable(data)),
		section('Quota', quota !== '', paragraph(quota, true)),
		section('Notes', notes.length > 0, list(notes)),
	].join('');
}

/** Returns a report as an HTML document. */
export function reportHtml(data: ReportData, subject: string): string {
	return emailDocument({
		language: 'en',
		title: subject,
		preview: data.summary.join(' '),
		card: card(data),
		width: 640,
		rules: RULES,
	});
}
