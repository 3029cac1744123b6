// Whole hosts and a real browser. Needs the builds, and on the first run the network.
const base = require('../jest.config.cjs');

// Most of the tests wait for a host or a browser, so there are more workers than processors.
/** @type {import('jest').Config} */
module.exports = {
	...base,
	rootDir: '../..',
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	globalSetup: '<rootDir>/test/e2e/support/prepare.ts',
	testSequencer: '<rootDir>/test/e2e/support/longest-first.cjs',
	testTimeout: 300_000,
	maxWorkers: 4,
};
