/** Reads how a node's HTML registers its type, as a tool does that parses the script and never runs it. */
import ts from 'typescript';

/** A type and its definition, as the script's first statement holds them. */
export interface Definition {
	readonly type: string;
	/** Names of the saved properties. */
	readonly defaults: readonly string[];
	/** Source text of each property of the definition, by its name. */
	readonly properties: ReadonlyMap<string, string>;
}

function entriesOf(object: ts.ObjectLiteralExpression): [string, ts.Expression][] {
	return object.properties.flatMap((property): [string, ts.Expression][] =>
		ts.isPropertyAssignment(property) && ts.isIdentifier(property.name)
			? [[property.name.text, property.initializer]]
			: [],
	);
}

/** @throws Error unless the script's only statement registers a literal type with a literal definition */
export function definitionIn(html: string): Definition {
	const script = /<script type="text\/javascript">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
	const source = ts.createSourceFile('node.js', script, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
	const [statement, ...others] = source.statements;
	const call = statement && ts.isExpressionStatement(statement) ? statement.expression : undefined;
	if (others.length > 0 || call === undefined || !ts.isCallExpression(call)) throw new Error('Not a single call');
	const [type, definition] = call.arguments;
	if (call.expression.getText(source) !== 'RED.nodes.registerType') throw new Error('Not a registration');
	if (!type || !ts.isStringLiteral(type) || !definition || !ts.isObjectLiteralExpression(definition))
		throw new Error('The registration is not a literal');
	const properties = entriesOf(definition);
	const defaults = properties.find(([name]) => name === 'defaults')?.[1];
	return {
		type: type.text,
		defaults: defaults && ts.isObjectLiteralExpression(defaults) ? entriesOf(defaults).map(([name]) => name) : [],
		properties: new Map(properties.map(([name, value]) => [name, value.getText(source)])),
	};
}
