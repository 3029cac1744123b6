// A test runner for Stryker that runs the tests of api/ in its own process: Jest starts anew for every mutant, which
// takes a second or more where the tests take milliseconds. It knows what those tests use of Jest, and no more.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import vm from 'node:vm';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
	determineHitLimitReached,
	DryRunStatus,
	TestStatus,
	toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { build } from 'esbuild';
import { expect } from 'expect';
import { bind } from 'jest-each';
import { ModuleMocker } from 'jest-mock';

/** Milliseconds that one test may take. */
const PATIENCE = 5_000;

/** What was thrown outside of any promise, as by a listener, while a test ran. */
const faults = [];

/** Collects tests while their files are loaded; knows nothing of earlier loads. */
class Tests {
	top = { name: '', before: [], after: [], beforeEach: [], afterEach: [], children: [] };
	block = this.top;
	ids = new Set();

	/** What a test file finds as globals. */
	globals() {
		const describe = (name, body) => {
			const outer = this.block;
			const block = { name, before: [], after: [], beforeEach: [], afterEach: [], children: [] };
			outer.children.push(block);
			this.block = block;
			body();
			this.block = outer;
		};
		const test = (name, body) => this.block.children.push({ name, body });
		const hook = (list) => (body) => this.block[list].push(body);
		describe.each = bind(describe, false);
		test.each = bind(test, false);
		const mocker = new ModuleMocker(globalThis);
		return {
			describe,
			test,
			it: test,
			expect,
			jest: {
				fn: mocker.fn.bind(mocker),
				spyOn: mocker.spyOn.bind(mocker),
				restoreAllMocks: mocker.restoreAllMocks.bind(mocker),
			},
			beforeAll: hook('before'),
			afterAll: hook('after'),
			beforeEach: hook('beforeEach'),
			afterEach: hook('afterEach'),
		};
	}

	/** Runs the tests whose IDs are asked for, all without a filter; stops at the first failure if `bails`. */
	async run({ filter, bails }, block = this.top, names = [], around = { beforeEach: [], afterEach: [] }) {
		const inner = {
			beforeEach: [...around.beforeEach, ...block.beforeEach],
			afterEach: [...block.afterEach, ...around.afterEach],
		};
		const results = [];
		let isPrepared = false;
		for (const child of block.children) {
			if (bails && results.some(({ status }) => status === TestStatus.Failed)) break;
			if (child.children) {
				results.push(...(await this.run({ filter, bails }, child, [...names, child.name], inner)));
				continue;
			}
			const id = this.idOf([...names, child.name].join(' '));
			if (filter && !filter.has(id)) continue;
			if (!isPrepared) for (const before of block.before) await before();
			isPrepared = true;
			results.push(await runOne(id, child.body, inner));
		}
		if (isPrepared) for (const after of block.after) await after();
		return results;
	}

	/** Names may occur twice. */
	idOf(name) {
		let id = name;
		for (let count = 2; this.ids.has(id); count++) id = `${name} #${count}`;
		this.ids.add(id);
		return id;
	}
}

async function runOne(id, body, { beforeEach, afterEach }) {
	const started = performance.now();
	globalThis.__stryker__.currentTestId = id;
	let timer;
	const tooLong = new Promise((_resolve, reject) => {
		timer = setTimeout(() => reject(new Error('It takes too long')), PATIENCE);
	});
	let failure;
	faults.length = 0;
	try {
		for (const before of beforeEach) await before();
		await Promise.race([body(), tooLong]);
		for (const after of afterEach) await after();
		if (faults.length > 0) throw faults[0];
	} catch (thrown) {
		failure = thrown;
	}
	clearTimeout(timer);
	globalThis.__stryker__.currentTestId = undefined;
	const result = { id, name: id, timeSpentMs: performance.now() - started };
	return failure === undefined
		? { ...result, status: TestStatus.Success }
		: { ...result, status: TestStatus.Failed, failureMessage: String(failure?.message ?? failure) };
}

class LightRunner {
	static inject = tokens(commonTokens.options);

	constructor({ lightTests }) {
		this.files = lightTests;
		// A mutant may leave a promise to itself.
		process.on('unhandledRejection', () => undefined);
		process.on('uncaughtException', (thrown) => faults.push(thrown));
	}

	capabilities() {
		return { reloadEnvironment: true };
	}

	async init() {
		const { outputFiles } = await build({
			stdin: {
				contents: this.files.map((file) => `require(${JSON.stringify(join(process.cwd(), file))});`).join('\n'),
				resolveDir: process.cwd(),
			},
			bundle: true,
			packages: 'external',
			platform: 'node',
			target: 'es2022',
			write: false,
		});
		this.script = new vm.Script(`(function (require, module, exports) {${outputFiles[0].text}\n})`, {
			filename: 'tests.cjs',
		});
	}

	/** Loads tests and product anew, so that no test sees the state of an earlier run. */
	load() {
		const tests = new Tests();
		Object.assign(globalThis, tests.globals());
		const module = { exports: {} };
		this.script.runInThisContext()(createRequire(join(process.cwd(), 'tests.cjs')), module, module.exports);
		return tests;
	}

	async dryRun() {
		globalThis.__stryker__ = { mutantCoverage: { static: {}, perTest: {} } };
		const tests = await this.load().run({ bails: false });
		return { status: DryRunStatus.Complete, tests, mutantCoverage: globalThis.__stryker__.mutantCoverage };
	}

	async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation, disableBail }) {
		const space = { mutantCoverage: { static: {}, perTest: {} }, hitLimit };
		globalThis.__stryker__ = space;
		if (hitLimit !== undefined) space.hitCount = 0;
		if (mutantActivation === 'static') space.activeMutant = activeMutant.id;
		let results;
		try {
			const tests = this.load();
			space.activeMutant = activeMutant.id;
			results = await tests.run({ filter: testFilter && new Set(testFilter), bails: !disableBail });
		} catch (thrown) {
			const failureMessage = String(thrown);
			results = [{ id: 'load', name: 'load', timeSpentMs: 0, status: TestStatus.Failed, failureMessage }];
		}
		return toMutantRunResult(
			determineHitLimitReached(space.hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests: results },
		);
	}
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'light', LightRunner)];
