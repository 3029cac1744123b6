/** The main figures of a report in a few sentences. */
import type { FigureName, ReportFigure } from './types';
import { counted, percentText, sizeText } from './words';

function comparison(percent: number | null): string {
	if (percent === null) return '';
	if (percent === 0) return ', as many as in the period before';
	return `, ${sizeText(percent)} ${percent > 0 ? 'more' : 'fewer'} than in the period before`;
}

function verb(count: number): string {
	return count === 1 ? 'was' : 'were';
}

/** Says how many emails were delivered and bounced. Empty if nothing is known of either. */
function outcomes({ delivered, bounces, hardBounces }: Record<FigureName, ReportFigure>): string {
	const hard = hardBounces.count !== null && hardBounces.count > 0 ? `, ${percentText(hardBounces.rate)} hard` : '';
	const bounced = bounces.rate === null ? '' : `${percentText(bounces.rate)} bounced${hard}`;
	if (delivered.rate === null) return bounced === '' ? '' : `${bounced}.`;
	return `${percentText(delivered.rate)} were delivered${bounced === '' ? '' : `, and ${bounced}`}.`;
}

/** Returns the summary, most important sentence first. */
export function summaryOf(figures: Record<FigureName, ReportFigure>): string[] {
	const { sent, complaints, unsubscribes } = figures;
	if (sent.count === null) return ['The number of emails sent is not known.'];
	if (sent.count === 0) return ['No emails were sent in this period.'];
	const reactions =
		complaints.count === null || unsubscribes.count === null
			? ''
			: `${counted(complaints.count, 'complaint')} and ${counted(unsubscribes.count, 'unsubscribe')} came in.`;
	return [
		`${counted(sent.count, 'email')} ${verb(sent.count)} sent${comparison(sent.changePercent)}.`,
		outcomes(figures),
		reactions,
	].filter((sentence) => sentence !== '');
}
