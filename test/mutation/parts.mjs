// The parts of the product whose mistakes cost the most, each with the tests that must notice one.

/** Files and tests of a part, by its name; globs from the root of the repository. */
export const parts = {
	gate: { mutate: ['api/client/gate.ts'], tests: ['test/api/gate'] },
};
