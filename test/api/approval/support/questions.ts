/** Questions as the tests need them. */
import { readQuestion, type LinkedRecipient, type Question, type QuestionForm } from '../../../../api';

/** Reads a question that must be valid. */
export function question(form: QuestionForm = {}): Question {
	const read = readQuestion({ subject: 'Approve invoice 4711?', message: 'Amount: 1,200.00 EUR', ...form });
	if (!read.ok) throw read.error;
	return read.value;
}

export const approval = question({ comment: 'requiredOnDecline' });
export const choice = question({ responseType: 'choice', choices: 'Monday\nTuesday\nNone of them' });
export const freeText = question({ responseType: 'freeText' });

export const LINK = 'https://n8n.example.com/webhook-waiting/7/abc?by=1&signature=0123456789abcdef';

export const jane: LinkedRecipient = {
	id: '1',
	channel: 'email',
	address: 'jane@example.com',
	name: 'Jane Doe',
	link: LINK,
};
export const joe: LinkedRecipient = {
	id: '2',
	channel: 'sms',
	address: '+14155550123',
	name: '',
	link: LINK.replace('by=1', 'by=2'),
};

/** What a text must not do: be markup, end an attribute, or look like a header. */
export const HOSTILE = [
	'<script>document.title="HACKED"</script>',
	'"><img src=x onerror=alert(1)>',
	"' onmouseover='alert(1)",
	'</textarea></template></title></style><svg onload=alert(1)>',
	'&lt;b&gt; &amp;amp; &#60;',
	'javascript:alert(1)',
	'{{subject}} ${1+1} {time}',
] as const;

/** Text in both directions, with an emoji of several characters. */
export const RTL = 'مرحبا "Jane" & שלום 👩‍👩‍👧‍👦';
