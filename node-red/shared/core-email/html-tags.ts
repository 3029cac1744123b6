/**
 * Decides whether a text is HTML: it has tags, as for Node-RED's own e-mail node. Words in angle brackets, such as
 * `<jane@example.com>`, are not tags.
 */

/** The elements of HTML, including those of old email programs. */
const ELEMENTS =
	'a abbr acronym address area article aside audio b base basefont bdi bdo big blockquote body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog ' +
	'dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee menu meta ' +
	'meter nav nobr noframes noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script search section select slot small source span strike strong style sub summary sup ' +
	'svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr';

const TAG = new RegExp(`<(?:${ELEMENTS.replaceAll(' ', '|')})(?=[\\s/>])`, 'i');

/**
 * True for a text with the start of an element and, anywhere after it, a closing angle bracket. The core node's own
 * pattern takes minutes with a hostile text.
 */
export function hasTags(text: string): boolean {
	const start = text.search(TAG);
	return start >= 0 && text.lastIndexOf('>') > start;
}
