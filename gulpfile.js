// The build of both packages and the checks. `gulp --tasks` lists them; package.json has a script for each.
const { series, parallel } = require('gulp');

/** A task from a script's function: loaded only when it runs, so that one task's tools do not slow another. */
const from = (file, name) =>
	Object.assign(async () => (await import(`./scripts/${file}.mjs`))[name](), { displayName: name });

/** A build that is skipped if it is up to date. */
const built = (output, file, name) =>
	Object.assign(
		async () =>
			(await import('./scripts/build/once.mjs')).once(output, (await import(`./scripts/${file}.mjs`))[name]),
		{ displayName: name },
	);

const buildN8n = built('dist', 'build/n8n', 'buildN8n');
const buildNodeRed = built('dist-node-red', 'build/node-red', 'buildNodeRed');
const buildSimulator = built('.build/simulator', 'build/simulator', 'buildSimulator');
const packSimulator = built('dist-simulator', 'build/simulator', 'packSimulator');
const typecheck = parallel(from('check/tasks', 'treeTypes'), from('check/tasks', 'editorTypes'));
const lint = parallel(
	series(from('check/tasks', 'format'), from('check/tasks', 'n8nLint'), from('check/tasks', 'editorTypes')),
	series(from('check/tasks', 'treeTypes'), from('check/tasks', 'houseLint')),
);
const unitTests = from('check/tasks', 'unitTests');
const e2eTests = from('check/tasks', 'e2eTests');

const build = parallel(buildN8n, buildNodeRed, series(buildSimulator, packSimulator));

module.exports = {
	build,
	buildN8n,
	buildNodeRed,
	buildSimulator,
	packSimulator: series(buildSimulator, packSimulator),
	typecheck,
	lint: series(buildN8n, lint),
	test: series(build, unitTests),
	e2e: series(build, e2eTests),
	scan: series(buildN8n, from('check/tasks', 'scan')),
	scorecard: series(buildNodeRed, from('check/tasks', 'scorecard')),
	docs: series(
		parallel(buildN8n, buildNodeRed),
		from('build/reference', 'reference'),
		from('build/examples', 'examplesPage'),
	),
	pictures: series(build, from('pictures/pictures', 'pictures')),
	figures: series(build, from('measure/figures', 'figures')),
	bench: series(build, from('measure/bench', 'bench')),
};
