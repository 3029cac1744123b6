// The project's own ESLint rules: layers, import circles, the sentence of a file, and names of files.
import { basename, dirname, relative } from 'node:path';
import { ImportGraph, resolveImport } from '../imports.mjs';
import { houses, namedByHost } from '../layers.mjs';
import { orderOf, placeOf, problemOf } from './places.mjs';

for (const house of Object.keys(houses)) orderOf(house);

const graph = new ImportGraph();
const rule = (description, create) => ({ meta: { type: 'problem', docs: { description }, schema: [] }, create });
const pathOf = (context, file = context.filename) => relative(context.cwd, file).replaceAll('\\', '/');

/** A visitor that hands over each import of a file: of values, of types, by call, and by `import('…')` in a type. */
const eachImport = (visit) => {
	const from = (source) => {
		if (typeof source?.value === 'string') visit(source, source.value);
	};
	return {
		ImportDeclaration: ({ source }) => from(source),
		ExportNamedDeclaration: ({ source }) => from(source),
		ExportAllDeclaration: ({ source }) => from(source),
		ImportExpression: ({ source }) => from(source),
		TSImportType: ({ argument }) => from(argument.literal ?? argument),
		TSExternalModuleReference: ({ expression }) => from(expression),
		'CallExpression[callee.name="require"]': (call) => from(call.arguments[0]),
	};
};

const layers = rule('imports only what the table of layers allows', (context) => {
	const from = pathOf(context);
	return eachImport((node, specifier) => {
		const target = resolveImport(context.filename, specifier);
		if (specifier.startsWith('.') && !target) return;
		const message = problemOf(from, target ? { file: pathOf(context, target) } : { package: specifier });
		if (message) context.report({ node, message });
	});
});

const noCircle = rule('is on no import circle, types included', (context) =>
	eachImport((node, specifier) => {
		const target = resolveImport(context.filename, specifier);
		const way = target && graph.path(target, context.filename);
		if (way)
			context.report({
				node,
				message: `Import circle: ${[context.filename, ...way].map((file) => pathOf(context, file)).join(' > ')}`,
			});
	}),
);

const isDirective = ({ value }) =>
	/^\s*(\/\s*<reference|eslint-|eslint\s|global\s|@ts-|prettier-ignore|@jest-)/.test(value);
const isSentence = ({ value }) => !isDirective({ value }) && /\w+\W+\w+\W+\w+/.test(value);

const sentenceFirst = rule('begins with a comment that says what the file is for', (context) => ({
	Program(program) {
		const { body, comments } = context.sourceCode.ast;
		const start = body[0]?.range[0] ?? Infinity;
		const above = comments.filter((comment) => comment.type !== 'Shebang' && comment.range[0] < start);
		const needed = placeOf(pathOf(context))?.house !== 'test';
		const loc = { line: 1, column: 0 };
		if (above.length > 0 && isDirective(above[0]) && (needed || above.some(isSentence)))
			context.report({ loc, message: 'Put the sentence that says what the file is for above the directives.' });
		else if (needed && !above.some(isSentence))
			context.report({ loc, message: 'Begin the file with a comment: one sentence that says what it is for.' });
		return program;
	},
}));

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;

const kebabCase = rule('names files and folders in kebab-case', (context) => ({
	Program(node) {
		const path = pathOf(context);
		const file = basename(path).replace(/(\.d)?\.\w+$/, '');
		const wrong = [
			...dirname(path)
				.split('/')
				.filter((part) => part !== '.'),
			file,
		].find((part) => !kebab.test(part) && !namedByHost.includes(part));
		if (wrong)
			context.report({ node, message: `"${wrong}" is not in kebab-case. Use a name such as sender-domain.` });
	},
}));

/** The plugin, as ESLint takes it. */
export const house = {
	rules: { layers, 'no-circle': noCircle, 'sentence-first': sentenceFirst, 'kebab-case': kebabCase },
};
