const base = require('../jest.config.cjs');

/**
 * Whole hosts and a real browser: slow, one after the other. Needs the builds, and on the first run the network. @type
 * {import('jest').Config}
 */
module.exports = {
	...base,
	rootDir: '../..',
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	testTimeout: 300_000,
	maxWorkers: 1,
};
