/** The English texts that `api/` makes for people, from its sources: with `{0}`, `{1}`, … in place of values. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

/** Files whose texts are no errors: the dialogs translate them, people get them in emails, or they are data. */
const OTHERS = new RegExp(
	'^(catalogue|report|approval/(texts|page|html|time|email)|kinds/index|core/(bytes|exact)|merge/names|' +
		'formats/(countries|html|entities|email-html)|feed/sample-event|webhook/filter|health/checks)',
);
/** Markup, styles, scripts, patterns and data: none is a sentence. */
const NO_SENTENCE = /^[#.](?! )|^\{(?!\d)|<|\S>|[;{]$|^\s*\(|^ class=|="|-src |\[object |system,|;\}|^\n/;
/** What SMTP2GO says, which is looked for in its responses, and what nobody reads. */
const UNSEEN = new Set([
	"matching the passed 'api_key' was not found",
	'do not have permission to access this api endpoint',
	'ratelimit exceeded',
	'rate limited',
	'must point to a valid destination',
	'not verified',
	'verified senders',
	'Mail test - please ignore',
	'ready with warnings',
	'not ready',
	'return path',
	'{0} {1} Unicode: 70 characters per unit instead of 160. That makes {2} instead of {3}{4}',
	'[Test] ',
	'sms {0}',
	' and ',
]);
/** What is so general that it would fit texts of SMTP2GO: a place first, and fewer words than this. */
const MIN_WORDS = 2;
/** What becomes of general templates. */
const MADE = [
	'Hard bounces at {0}',
	'Spam complaints at {0}',
	'Unsubscribes at {0}',
	'{0} needs Unicode: 70 characters per unit instead of 160. That makes {1} instead of {2}{3}',
	'{0} need Unicode: 70 characters per unit instead of 160. That makes {1} instead of {2}{3}',
];

/** The parts of a text: literal ones, and `undefined` for each value. Undefined if it is not a text. */
function partsOf(node: ts.Node): readonly (string | undefined)[] | undefined {
	if (ts.isParenthesizedExpression(node)) return partsOf(node.expression);
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
	if (ts.isTemplateExpression(node))
		return [node.head.text, ...node.templateSpans.flatMap((span) => [undefined, span.literal.text])];
	if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
	const [left, right] = [partsOf(node.left), partsOf(node.right)];
	return left === undefined && right === undefined
		? undefined
		: [...(left ?? [undefined]), ...(right ?? [undefined])];
}

function templateOf(parts: readonly (string | undefined)[]): string {
	let place = 0;
	return parts.map((part) => part ?? `{${place++}}`).join('');
}

function isSentence(text: string): boolean {
	if (!/[A-Za-z]{2,} ?[a-zA-Z_"{]/.test(text) || !text.includes(' ') || NO_SENTENCE.test(text)) return false;
	// The values of a header.
	if (/^\d \(/.test(text)) return false;
	return !text.startsWith('{0}') || (text.match(/[A-Za-z]{2,}/g) ?? []).length >= MIN_WORDS;
}

/** The texts of one source file. Strings that are added up are one text. */
export function templatesIn(source: string, path = 'source.ts'): readonly string[] {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isLiteralTypeNode(node)) return;
		const parts = partsOf(node);
		if (parts !== undefined) found.push(templateOf(parts));
		// The values can hold texts, too, such as the two sides of a condition.
		ts.forEachChild(node, parts === undefined ? visit : visitValues);
	};
	const visitValues = (node: ts.Node): void => {
		const isPart = ts.isTemplateSpan(node) || (partsOf(node) !== undefined && !ts.isTemplateExpression(node));
		if (isPart && !ts.isTemplateSpan(node) && !ts.isBinaryExpression(node) && !ts.isParenthesizedExpression(node))
			return;
		if (isPart) ts.forEachChild(node, ts.isTemplateSpan(node) ? visit : visitValues);
		else if (ts.isTemplateExpression(node)) ts.forEachChild(node, visitValues);
		else visit(node);
	};
	visit(ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true));
	return found.filter(isSentence);
}

function sourcesIn(api: string): [string, string][] {
	return readdirSync(api, { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith('.ts') && !OTHERS.test(path))
		.map((path) => [path, readFileSync(join(api, path), 'utf8')]);
}

/** The words that conditions put into texts, such as `unit` and `units`. */
export function apiWords(root: string): ReadonlySet<string> {
	const words = sourcesIn(join(root, 'api')).flatMap(([, source]) =>
		[...source.matchAll(/\? '([a-z]+)' : '([a-z]+)'/g)].flatMap(([, one = '', other = '']) => [one, other]),
	);
	return new Set([...words, 'duplicate', 'suppressed']);
}

/** Our own files of Node-RED whose texts are not in its catalogs: they know no catalog, or it can be what failed. */
const OWN = [
	'runtime/connection/http.ts',
	'runtime/platform/node-context.ts',
	'runtime/platform/errors.ts',
	'runtime/action/read/evaluate.ts',
	'shared/core-email/email-headers.ts',
];

/** The texts of all sources. `root`: the folder of the project. */
export function apiTemplates(root: string): ReadonlySet<string> {
	const own = OWN.map((path): [string, string] => [path, readFileSync(join(root, 'node-red', path), 'utf8')]);
	const found = [...sourcesIn(join(root, 'api')), ...own].flatMap(([path, source]) => templatesIn(source, path));
	return new Set([...found.filter((text) => !UNSEEN.has(text)), ...MADE]);
}
