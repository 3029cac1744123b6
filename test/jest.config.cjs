// The unit tests and the tests on the hosts' engines. Many of them wait for a timer or a local server, so there are
// twice as many workers as processors.
const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
	rootDir: '..',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
	modulePathIgnorePatterns: [
		'<rootDir>/dist',
		'<rootDir>/dist-node-red',
		'<rootDir>/dist-simulator',
		'<rootDir>/.build',
	],
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
		],
	},
	testEnvironment: 'node',
	testTimeout: 60_000,
	maxWorkers: availableParallelism() * 2,
};
