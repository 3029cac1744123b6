// A test runner for Stryker that runs the tests in its own process: Jest starts again for every mutant and loads the
// hosts again, which takes seconds where the tests take milliseconds. It knows what these tests use of Jest, and no
// more.
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import vm from 'node:vm';
import { ModernFakeTimers } from '@jest/fake-timers';
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

/** Milliseconds that one test may take: of api/ and of the hosts, which wait for a server or a pause. */
const PATIENCE = { api: 5_000, hosts: 20_000 };

/** The real ones, whatever clock a test sets. */
const { setTimeout, clearTimeout } = globalThis;
const now = performance.now.bind(performance);

/** What runs around the tests outside of every block. */
const NOTHING_AROUND = { prepare: () => undefined, beforeEach: [], afterEach: [] };

/** What was thrown outside of any promise, as by a listener, while a test ran. */
const faults = [];

/** Jest's fake timers. They say so if a test that was given up still lets time pass, or it would never end. */
function fakeTimers() {
	const timers = new ModernFakeTimers({ global: globalThis, config: { fakeTimers: {} } });
	let areUsed = false;
	const ifUsed = (advance) => (milliseconds) => {
		if (!areUsed) throw new Error('The timers are real');
		return timers[advance](milliseconds);
	};
	return {
		useFakeTimers: (config) => {
			timers.useFakeTimers(config);
			areUsed = true;
		},
		useRealTimers: () => {
			timers.useRealTimers();
			areUsed = false;
		},
		advanceTimersByTime: ifUsed('advanceTimersByTime'),
		advanceTimersByTimeAsync: ifUsed('advanceTimersByTimeAsync'),
		getTimerCount: () => timers.getTimerCount(),
	};
}

/** Collects tests while their files are loaded; knows nothing of earlier loads. */
class Tests {
	top = { name: '', before: [], after: [], beforeEach: [], afterEach: [], children: [] };
	block = this.top;
	ids = new Set();
	/** What `jest.mock` replaces of a package, by test file and package. */
	mocks = new Map();
	/** The file that is being loaded, or whose test runs. */
	file = undefined;

	/** @param patience milliseconds that one test may take */
	constructor(patience) {
		this.patience = patience;
	}

	/** Collects what a test file or a `describe` holds. */
	group(more, body) {
		const outer = this.block;
		const block = { before: [], after: [], beforeEach: [], afterEach: [], children: [], ...more };
		outer.children.push(block);
		this.block = block;
		body();
		this.block = outer;
	}

	/** Collects what a test file holds: its hooks are for its own tests. */
	open(file, load) {
		this.file = file;
		this.group({ name: '', file }, load);
		this.file = undefined;
	}

	/** Loads a package; what the running test's file has mocked of it is found in the mock. */
	packages(require, mocked) {
		this.require = require;
		const load = (name) => {
			if (!mocked.has(name)) return require(name);
			return new Proxy(require(name), {
				get: (real, key) => (this.mocks.get(`${this.file} ${name}`) ?? real)[key],
			});
		};
		return Object.assign(load, { resolve: require.resolve });
	}

	/** What a test file finds as globals. */
	globals() {
		const describe = (name, body) => this.group({ name }, body);
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
				mock: (name, factory) => this.mocks.set(`${this.file} ${name}`, factory()),
				mocked: (value) => value,
				requireActual: this.require,
				fn: mocker.fn.bind(mocker),
				spyOn: mocker.spyOn.bind(mocker),
				restoreAllMocks: mocker.restoreAllMocks.bind(mocker),
				...fakeTimers(),
			},
			beforeAll: hook('before'),
			afterAll: hook('after'),
			beforeEach: hook('beforeEach'),
			afterEach: hook('afterEach'),
		};
	}

	/** Runs the tests whose IDs are asked for, all without a filter; stops at the first failure if `bails`. */
	async run({ filter, bails }, block = this.top, names = [], around = NOTHING_AROUND) {
		let isPrepared = false;
		const inner = {
			prepare: async () => {
				if (isPrepared) return;
				await around.prepare();
				isPrepared = true;
				for (const before of block.before) await before();
			},
			beforeEach: [...around.beforeEach, ...block.beforeEach],
			afterEach: [...block.afterEach, ...around.afterEach],
		};
		const results = [];
		try {
			for (const child of block.children) {
				if (bails && results.some(({ status }) => status === TestStatus.Failed)) break;
				if (child.children) {
					this.file = child.file ?? this.file;
					const name = child.name === '' ? [] : [child.name];
					results.push(...(await this.run({ filter, bails }, child, [...names, ...name], inner)));
					continue;
				}
				const id = this.idOf([...names, child.name].join(' '));
				if (filter && !filter.has(id)) continue;
				await inner.prepare();
				results.push(await runOne(id, child.body, inner, this.patience));
			}
		} finally {
			if (isPrepared) for (const after of block.after) await after();
		}
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

async function runOne(id, body, { beforeEach, afterEach }, patience) {
	const started = now();
	globalThis.__stryker__.currentTestId = id;
	let timer;
	const tooLong = new Promise((_resolve, reject) => {
		timer = setTimeout(() => reject(new Error('It takes too long')), patience);
	});
	const failures = [];
	const attempt = async (work) => {
		try {
			await work();
		} catch (thrown) {
			failures.push(thrown);
		}
	};
	faults.length = 0;
	await attempt(async () => {
		for (const before of beforeEach) await before();
		await Promise.race([body(), tooLong]);
	});
	clearTimeout(timer);
	// Also after a failure: what a test has started must not run on into the next one.
	for (const after of afterEach) await attempt(after);
	const [failure] = [...failures, ...faults];
	globalThis.__stryker__.currentTestId = undefined;
	const result = { id, name: id, timeSpentMs: now() - started };
	return failures.length + faults.length === 0
		? { ...result, status: TestStatus.Success }
		: { ...result, status: TestStatus.Failed, failureMessage: String(failure?.message ?? failure) };
}

/** Gives each file its own `__dirname`, which a bundle would share. */
const folders = {
	name: 'folders',
	setup({ onLoad }) {
		onLoad({ filter: /\.ts$/ }, ({ path }) => {
			const text = readFileSync(path, 'utf8');
			if (!text.includes('__dirname')) return undefined;
			return { contents: `const __dirname = ${JSON.stringify(dirname(path))};\n${text}`, loader: 'ts' };
		});
	},
};

class LightRunner {
	static inject = tokens(commonTokens.options);

	constructor({ lightTests, mutate }) {
		this.files = lightTests;
		/** Loaded with the tests: what a host loads later would seem to be covered by the first test alone. */
		this.mutated = globSync(mutate);
		this.patience = lightTests.every((file) => file.startsWith('test/api/')) ? PATIENCE.api : PATIENCE.hosts;
		/** Packages that a test file mocks. */
		this.mocked = new Set(
			lightTests.flatMap((file) =>
				[...readFileSync(file, 'utf8').matchAll(/^jest\.mock\('([^'.][^']*)'/gm)].map(([, name]) => name),
			),
		);
		// A mutant may leave a promise to itself.
		process.on('unhandledRejection', () => undefined);
		process.on('uncaughtException', (thrown) => faults.push(thrown));
	}

	capabilities() {
		return { reloadEnvironment: true };
	}

	async init() {
		const pathOf = (file) => JSON.stringify(join(process.cwd(), file));
		const { outputFiles } = await build({
			stdin: {
				contents: this.files
					.map((file) => `openTestFile(${pathOf(file)}, () => require(${pathOf(file)}));`)
					.concat(this.mutated.map((file) => `require(${pathOf(file)});`))
					.join('\n'),
				resolveDir: process.cwd(),
			},
			bundle: true,
			plugins: [folders],
			packages: 'external',
			platform: 'node',
			target: 'es2022',
			write: false,
		});
		this.script = new vm.Script(`(function (require, module, exports, openTestFile) {${outputFiles[0].text}\n})`, {
			filename: 'tests.cjs',
		});
	}

	/** Loads tests and product again, so that no test sees the state of an earlier run. */
	load() {
		const tests = new Tests(this.patience);
		const module = { exports: {} };
		const require = tests.packages(createRequire(join(process.cwd(), 'tests.cjs')), this.mocked);
		Object.assign(globalThis, tests.globals());
		const openTestFile = (file, load) => tests.open(file, load);
		this.script.runInThisContext()(require, module, module.exports, openTestFile);
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
