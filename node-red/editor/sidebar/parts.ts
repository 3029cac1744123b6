/** The pieces that the parts of the side bar are made of. */
import { common } from '../dialog/messages';
import { icons, type Say, type Tone } from './words';

/** Looks up a message of the side bar. */
export const say: Say = (key, words) => common(`sideBar.${key}`, words);

/** One part of the side bar: a heading, and a place for what it shows. */
export interface Part {
	readonly section: JQuery;
	readonly place: JQuery;
}

/** Makes a part. @param name of its messages, as in `queue` for `sideBar.queue.title` */
export function part(name: string): Part {
	const id = `smtp2go-sidebar-${name}`;
	const place = $('<div class="smtp2go-sidebar-part">').text(say('loading'));
	const section = $('<section>')
		.attr('aria-labelledby', id)
		.append(
			$('<h3>')
				.attr('id', id)
				.text(say(`${name}.title`)),
			place,
		);
	return { section, place };
}

/** The icon of a tone. What it means is said in words beside it. */
export function toneIcon(tone: Tone): JQuery {
	return $('<i aria-hidden="true">').addClass(`fa fa-${icons[tone]} smtp2go-${tone}`);
}

/** Lines of text. */
export function lines(texts: readonly string[]): JQuery[] {
	return texts.map((text) => $('<div>').text(text));
}

/** Shows what went wrong in place of what was asked for. */
export function showProblem(place: JQuery, message: string): void {
	place
		.empty()
		.append($('<div class="smtp2go-sidebar-problem">').append(toneIcon('bad'), ' ', $('<span>').text(message)));
}
