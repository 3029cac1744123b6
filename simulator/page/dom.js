// Builds the elements of the page.
/**
 * Makes an element. Text always goes in as text, so nothing an email or a hook says can become markup.
 * @param {string} tag tag name, with classes: 'span.pill.good'
 * @param {Record<string, unknown>} [props] attributes; `on…` are listeners; false and undefined are left out
 * @param {...(Node | string | number | null | undefined | false)} children
 */
export function h(tag, props = {}, ...children) {
	const [name, ...classes] = tag.split('.');
	const element = document.createElement(name);
	element.classList.add(...classes);
	for (const [key, value] of Object.entries(props)) {
		if (value === false || value === undefined || value === null) continue;
		if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
		else element.setAttribute(key, value === true ? '' : String(value));
	}
	element.append(
		...children
			.filter((child) => child !== null && child !== undefined && child !== false)
			.map((child) => (child instanceof Node ? child : String(child))),
	);
	return element;
}

/**
 * Puts new content into a container if its data has changed; keeps the focus, scroll positions and opened details.
 * @param {HTMLElement} container
 * @param {unknown} data what the content is made of
 * @param {() => Node[]} build
 */
export function show(container, data, build) {
	const signature = JSON.stringify(data);
	if (container.signature === signature) return;
	container.signature = signature;
	const focused = container.contains(document.activeElement) ? document.activeElement.dataset.keep : undefined;
	const open = new Set(
		[...container.querySelectorAll('details[open][data-keep]')].map((element) => element.dataset.keep),
	);
	const scrolled = container.scrollTop;
	container.replaceChildren(...build());
	for (const element of container.querySelectorAll('[data-keep]')) {
		if (open.has(element.dataset.keep)) element.open = true;
		if (focused !== undefined && element.dataset.keep === focused) element.focus();
	}
	container.scrollTop = scrolled;
}

/**
 * A text with its http and https addresses as links that open in a new tab, as on a phone. Punctuation at the end of an
 * address belongs to the sentence.
 */
export function linked(text) {
	return h(
		'span',
		{},
		...text
			.split(/(\bhttps?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]}'])/i)
			.map((part, index) =>
				index % 2 === 1 && URL.canParse(part)
					? h('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part)
					: part,
			),
	);
}

/** Shows a message for a few seconds. */
export function toast(text) {
	const line = h('div', {}, text);
	document.getElementById('toasts').append(line);
	setTimeout(() => line.remove(), 3500);
}

/** Puts a text into the clipboard. */
export async function copy(text, label) {
	await navigator.clipboard.writeText(text).then(
		() => toast(`${label} copied`),
		() => toast('The browser does not allow copying here'),
	);
}

/** A box of text with a button that copies it. */
export function copyable(text, label) {
	return h(
		'div.code',
		{},
		h('pre', {}, text),
		h(
			'button.button.tiny',
			{ type: 'button', onclick: () => copy(text, label), 'aria-label': `Copy ${label}` },
			'Copy',
		),
	);
}

/** A table; cells are text or nodes, `tight` columns do not wrap. */
export function table(heads, rows, tight = []) {
	const cell = (value, index) => h(tight.includes(index) ? 'td.tight' : 'td', {}, value);
	return h(
		'div.scroll',
		{},
		h(
			'table',
			{},
			h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))),
			h('tbody', {}, ...rows.map((cells) => h('tr', {}, ...cells.map(cell)))),
		),
	);
}

/** What is shown while a list is empty. */
export function empty(title, text, ...more) {
	return h('div.empty', {}, h('h2', {}, title), h('p', {}, text), ...more);
}

/** Heading of a section. */
export function title(text, about, ...more) {
	return h('div.title', {}, h('div', {}, h('h1', {}, text), h('p.soft', {}, about)), ...more);
}
