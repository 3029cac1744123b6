// Writes docs/mutation.md from the last scores and the list of equivalent mutants.
import { writeFileSync } from 'node:fs';

const cell = (text) => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');

/** Percent of the mutants that a test noticed, of those that change anything. */
export function scoreOf({ killed, survived }) {
	return (100 * killed) / (killed + survived);
}

export function writePage(parts, scores, equivalents) {
	const rows = Object.keys(parts)
		.filter((name) => scores[name])
		.map((name) => {
			const { killed, survived, equivalent } = scores[name];
			return `| ${name} | ${scoreOf(scores[name]).toFixed(1)}% | ${killed} | ${survived} | ${equivalent} |`;
		});
	const list = equivalents.map(
		({ file, mutator, from, to, why }) => `- \`${file}\`, ${mutator}: \`${cell(from)}\` → \`${cell(to)}\`. ${why}`,
	);
	const page = `# Mutation tests

<!-- Written by \`npm run mutation\`. Do not edit it. -->

\`npm run mutation -- <part>\` changes the code in one place at a time and runs the tests of that part. At least one
test must then fail. A part needs a score of at least 90%.

Sentences that people read are not changed. Everything else is: conditions, arithmetic, blocks, results, and strings
without a space, such as header names and paths.

| Part | Score | Caught | Missed | Equivalent |
| --- | --: | --: | --: | --: |
${rows.join('\n')}

## Equivalent mutants

These changes make no difference that a test can see, so they do not count.

${list.length === 0 ? 'None are listed yet.' : list.join('\n')}
`;
	writeFileSync(new URL('../../docs/mutation.md', import.meta.url), page);
}
