/** The output of an answer: the choices of the dialog are the choices of the question. */
import { readQuestion } from '../../../api';
import { choicesOf, outputOf, outputsOf } from '../../../node-red/shared/saved-ask';

const labelsOf = (choices: string): string[] => {
	const question = readQuestion({ responseType: 'choice', message: 'Which?', choices });
	if (!question.ok) throw question.error;
	return question.value.answers.map(({ label }) => label);
};
const decided = (choice: string) => ({ approved: null, choice });
const outputs = (choices: string) => outputsOf({ responseType: 'choice', choices });

it.each([
	['lines', ' Red \r\n\nGreen\n'],
	['a JSON list', '["Red","Green"]'],
	['pasted text with invisible characters', '\u200bRed\n\u200b\nGreen\u200e'],
	['half a character', 'Red\ud800\nGreen'],
	['control characters', 'Red\u0007dish\tone\nGreen'],
])('of each answer is the one with its label: %s', (_what, choices) => {
	const labels = labelsOf(choices);
	expect([choicesOf({ choices }), labels.length]).toEqual([labels, 2]);
	expect(labels.map((label) => outputOf(decided(label), outputs(choices), labels))).toEqual([0, 1]);
});

it.each([
	['that moved follows its label', 'Green\nRed', 'Red', 1],
	['whose label was corrected keeps its place', 'Red\nDark green', 'Green', 1],
	['that was replaced by one that moved has none', 'Blue\nRed', 'Green', undefined],
	['that was removed has none', 'Red', 'Green', undefined],
])('of an answer %s', (_what, choices, choice, expected) => {
	expect(outputOf(decided(choice), outputs(choices), ['Red', 'Green'])).toBe(expected);
});

it('of an approval has no index if the node lost it', () => {
	const declined = { approved: false, choice: null };
	expect(outputOf(declined, outputsOf({}), ['Approve', 'Decline'])).toBe(1);
	expect(outputOf(declined, outputsOf({ approveOnly: true }), ['Approve', 'Decline'])).toBeUndefined();
});
