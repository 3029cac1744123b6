// Leaves sentences alone: a string with a space in it is read by people, and the tests of that text compare the part
// that matters. All other strings (header names, types, paths) are mutated.
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const hasSpace = (text) => /\S \S|\s$|^\s/.test(text);

/** A sentence; one whose inserted values are themselves decided by code is no plain sentence. */
function isProse({ node }) {
	if (node.type === 'StringLiteral') return hasSpace(node.value);
	return (
		node.type === 'TemplateLiteral' &&
		node.quasis.some(({ value }) => hasSpace(value.raw)) &&
		node.expressions.every(({ type }) => ['Identifier', 'MemberExpression'].includes(type))
	);
}

export const strykerPlugins = [
	declareValuePlugin(PluginKind.Ignore, 'prose', {
		shouldIgnore: (path) => (isProse(path) ? 'A sentence' : undefined),
	}),
];
