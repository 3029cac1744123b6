/** The texts in English: the default, and the list of all texts. Those for text messages use GSM-7 characters only. */

export const english = {
	// The email and the text message
	subject: 'Your answer is needed',
	approve: 'Approve',
	decline: 'Decline',
	write: 'Write your answer',
	confirmNote:
		'These links open a page where you confirm your answer. They are meant only for you, so please do not forward this email.',
	answerBy: 'Please answer by {time}.',
	reminder: 'Reminder: {subject}',
	smsLink: 'Answer: {link}',
	smsApproval: 'Reply {yes} or {no}',
	smsApproveOnly: 'Reply {yes} to approve',
	smsChoice: 'Reply with the number of your answer',
	smsChoiceLabels: 'Reply with one of these answers',
	smsFreeText: 'Reply with your answer',
	smsYes: 'YES',
	smsNo: 'NO',
	smsCode: 'Start your reply with {code}.',
	smsUnclear: 'Sorry, we did not understand your reply.',
	smsRecorded: 'Thank you. Your answer was recorded: {answer}',
	smsClosed: 'This request is closed. Your reply was not recorded.',
	// The page of a request
	comment: 'Comment',
	commentOptional: 'optional',
	commentOnDecline: 'required to decline',
	yourAnswer: 'Your answer',
	send: 'Send answer',
	sending: 'Sending…',
	answerAs: 'You are answering as {name}.',
	choose: 'Select an answer.',
	commentMissing: 'To decline, please add a comment.',
	textMissing: 'Enter your answer.',
	tooLong: 'Your text is longer than {max} characters. Please shorten it.',
	notSent: 'Your answer could not be sent. Check your connection and try again.',
	// The page after the answer
	recordedTitle: 'Thank you',
	recorded: 'Your answer was recorded. You can close this page.',
	alreadyTitle: 'Already answered',
	already: 'This request has already been answered. No further answers can be recorded.',
	question: 'Request',
	answer: 'Answer',
	by: 'Answered by',
	at: 'Answered on',
	// The page of a link that no longer works
	expiredTitle: 'This request has expired',
	expired: 'The deadline has passed. If you still want to answer, please contact the sender.',
	invalidTitle: 'This link is not valid',
	invalid: 'The link may be incomplete. Open it again from the original message.',
	canceledTitle: 'This request is closed',
	canceled: 'Your answer is no longer needed.',
	notFoundTitle: 'Request not found',
	notFound: 'This request no longer exists. It may already have been answered or closed.',
} as const satisfies Readonly<Record<string, string>>;

/** One sentence for each name. */
export type Texts = Readonly<Record<keyof typeof english, string>>;
