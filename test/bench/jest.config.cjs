const base = require('../jest.config.cjs');

/** Measurements, one after the other, on an otherwise quiet machine. @type {import('jest').Config} */
module.exports = {
	...base,
	rootDir: '../..',
	testMatch: ['<rootDir>/test/bench/**/*.bench.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	globalSetup: '<rootDir>/test/e2e/support/prepare.ts',
	testTimeout: 600_000,
	maxWorkers: 1,
};
