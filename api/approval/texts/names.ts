/** How the forms of both hosts name the texts. */
import { english, type Texts } from './english';

/** A text that a form can replace. */
export interface TextName {
	readonly name: keyof Texts;
	readonly label: string;
	/** Where it appears, or what its `{variables}` stand for. Empty if the label says it. */
	readonly help: string;
	/** The English text, as an example. */
	readonly example: string;
}

const named: Readonly<Record<keyof Texts, readonly [label: string, help?: string]>> = {
	subject: ['Default Subject', 'Used if the subject is empty'],
	approve: ['Button to Approve'],
	decline: ['Button to Decline'],
	write: ['Button for Free Text', 'The button in the email that opens the page'],
	confirmNote: ['Note Below the Buttons', 'In the email'],
	answerBy: ['Deadline', '{time} is when the request expires'],
	reminder: ['Subject of the Reminder', '{subject} is the subject of the request'],
	smsLink: ['SMS: Link', '{link} is the link to the page'],
	smsApproval: ['SMS: How to Approve or Decline', '{yes} and {no} are the words to reply with'],
	smsApproveOnly: ['SMS: How to Approve', '{yes} is the word to reply with'],
	smsChoice: ['SMS: How to Choose', 'Followed by the numbered answers'],
	smsChoiceLabels: [
		'SMS: How to Choose Without Numbers',
		'Followed by the answers, if they contain confusing numbers',
	],
	smsFreeText: ['SMS: How to Answer in Free Text'],
	smsYes: ['SMS: Word for Yes'],
	smsNo: ['SMS: Word for No'],
	smsCode: ['SMS: How to Use the Code', '{code} identifies the request if the number has several open ones'],
	smsUnclear: ['SMS: Unclear Reply', 'Followed by how to answer'],
	smsRecorded: ['SMS: Answer Recorded', '{answer} is the recorded answer'],
	smsClosed: ['SMS: Request Closed'],
	comment: ['Comment Field'],
	commentOptional: ['Comment Is Optional'],
	commentOnDecline: ['Comment Is Required to Decline'],
	yourAnswer: ['Free Text Field'],
	send: ['Button to Send'],
	sending: ['Sending', 'Shown while the answer is being sent'],
	answerAs: ['Who Is Answering', '{name} is the recipient'],
	choose: ['Error: No Answer Selected'],
	commentMissing: ['Error: No Comment'],
	textMissing: ['Error: No Free Text'],
	tooLong: ['Error: Text Too Long', '{max} is the maximum number of characters'],
	notSent: ['Error: Not Sent'],
	recordedTitle: ['Recorded: Heading'],
	recorded: ['Recorded: Text'],
	alreadyTitle: ['Already Answered: Heading'],
	already: ['Already Answered: Text'],
	question: ['Label of the Request'],
	answer: ['Label of the Answer'],
	by: ['Label of Who Answered'],
	at: ['Label of the Time'],
	expiredTitle: ['Expired: Heading'],
	expired: ['Expired: Text'],
	invalidTitle: ['Invalid Link: Heading'],
	invalid: ['Invalid Link: Text'],
	canceledTitle: ['Closed: Heading'],
	canceled: ['Closed: Text'],
	notFoundTitle: ['Not Found: Heading'],
	notFound: ['Not Found: Text'],
};

/** All texts, in the order in which recipients see them. */
export const textNames: readonly TextName[] = (Object.keys(english) as (keyof Texts)[]).map((name) => {
	const [label, help = ''] = named[name];
	return { name, label, help, example: english[name] };
});
