/**
 * The frame of an email in HTML: one card, in tables and inline styles, with what email programs take from a style
 * sheet.
 */
import { escaped } from './html';

/** Fonts of the system. */
export const EMAIL_FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** The attributes of a table for layout, which screen readers do not announce. */
export const LAYOUT = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"';

/** Rules of classes, each with `!important`, because they replace inline styles. */
export interface EmailRules {
	/** For screens of at most 520 pixels. */
	readonly narrow: string;
	/** For dark mode. */
	readonly dark: string;
}

/** What an email shows. */
export interface EmailDocument {
	/** An IETF language tag. */
	readonly language: string;
	readonly title: string;
	/** The text that email programs show beside the subject. At most 140 characters are used. */
	readonly preview: string;
	/** The content of the card, as HTML. */
	readonly card: string;
	/** The maximum width of the card in pixels. */
	readonly width: number;
	readonly rules: EmailRules;
}

/** The style sheet. Email programs without one show the light colors. */
function styleOf({ narrow, dark }: EmailRules): string {
	return `
:root{color-scheme:light dark;supported-color-schemes:light dark}
body{margin:0;padding:0;width:100%!important;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%}
table{border-collapse:separate;border-spacing:0}
@media (max-width:520px){.page{padding:0!important;background:#ffffff!important}
.card{padding:32px 20px 28px!important;border:0!important;border-radius:0!important}${narrow}}
@media (prefers-color-scheme:dark){.page{background:#0f1218!important}.card{background:#191d26!important;
border-color:#2b313d!important}.ink{color:#eef0f5!important}.soft{color:#a7afbd!important}
.link{color:#9db2ff!important}.line{border-color:#2b313d!important}${dark}}
@media (prefers-color-scheme:dark) and (max-width:520px){.page{background:#191d26!important}}
`.replace(/\n/g, '');
}

/** Outlook on Windows does not pass fonts on to the cells of a table. */
const OUTLOOK = '<!--[if mso]><style>td,th,p,a{font-family:Arial,sans-serif!important}</style><![endif]-->';

/** The beginning of the text, hidden: email programs show it beside the subject. */
function hidden(text: string): string {
	const line = [...text.replace(/\s+/g, ' ')].slice(0, 140).join('');
	return `<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${escaped(line)}</div>`;
}

/**
 * Returns an email. Its classes `ink`, `soft`, `link` and `line` have dark colors of their own; the inline styles of an
 * element have its light ones.
 */
export function emailDocument({ language, title, preview, card, width, rules }: EmailDocument): string {
	return (
		`<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8">` +
		'<meta name="viewport" content="width=device-width,initial-scale=1">' +
		'<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">' +
		`<title>${escaped(title)}</title><style>${styleOf(rules)}</style>${OUTLOOK}</head>` +
		`<body class="page" style="margin:0;padding:0;background:#f3f4f7">${hidden(preview)}` +
		`<table ${LAYOUT} class="page" bgcolor="#f3f4f7" style="background:#f3f4f7"><tr>` +
		'<td class="page" align="center" style="padding:40px 16px">' +
		`<table ${LAYOUT} style="max-width:${width}px"><tr>` +
		'<td class="card" bgcolor="#ffffff" style="background:#ffffff;border:1px solid #e2e5ea;border-radius:16px;' +
		`padding:40px 40px 36px;text-align:start">${card}</td></tr></table></td></tr></table></body></html>`
	);
}
