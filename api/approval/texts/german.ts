/** The texts in German. */
import type { Texts } from './english';

export const german: Texts = {
	// The email and the text message
	subject: 'Ihre Antwort wird benötigt',
	approve: 'Genehmigen',
	decline: 'Ablehnen',
	write: 'Antwort schreiben',
	confirmNote:
		'Ein Klick öffnet eine Seite, auf der Sie Ihre Antwort bestätigen. Die Links sind nur für Sie bestimmt. Bitte leiten Sie diese E-Mail nicht weiter.',
	answerBy: 'Bitte antworten Sie bis zum {time}.',
	reminder: 'Erinnerung: {subject}',
	smsLink: 'Antworten: {link}',
	smsApproval: 'Antworten Sie mit {yes} oder {no}',
	smsApproveOnly: 'Zum Genehmigen antworten Sie mit {yes}',
	smsChoice: 'Antworten Sie mit der Nummer Ihrer Auswahl',
	smsChoiceLabels: 'Antworten Sie mit einer dieser Antworten',
	smsFreeText: 'Antworten Sie einfach auf diese SMS',
	smsYes: 'JA',
	smsNo: 'NEIN',
	smsCode: 'Beginnen Sie Ihre Antwort mit {code}.',
	smsUnclear: 'Ihre Antwort konnte leider nicht zugeordnet werden.',
	smsRecorded: 'Vielen Dank. Ihre Antwort wurde gespeichert: {answer}',
	smsClosed: 'Diese Anfrage wurde bereits geschlossen. Ihre Antwort wurde nicht gespeichert.',
	// The page of a request
	comment: 'Kommentar',
	commentOptional: 'optional',
	commentOnDecline: 'beim Ablehnen erforderlich',
	yourAnswer: 'Ihre Antwort',
	send: 'Antwort senden',
	sending: 'Wird gesendet …',
	answerAs: 'Sie antworten als {name}.',
	choose: 'Wählen Sie eine der Antworten aus.',
	commentMissing: 'Zum Ablehnen ist ein Kommentar erforderlich.',
	textMissing: 'Geben Sie Ihre Antwort ein.',
	tooLong: 'Ihr Text ist länger als {max} Zeichen. Bitte kürzen Sie ihn.',
	notSent:
		'Ihre Antwort konnte nicht gesendet werden. Prüfen Sie Ihre Internetverbindung und versuchen Sie es erneut.',
	// The page after the answer
	recordedTitle: 'Vielen Dank',
	recorded: 'Ihre Antwort wurde gespeichert. Sie können diese Seite jetzt schließen.',
	alreadyTitle: 'Bereits beantwortet',
	already: 'Diese Anfrage wurde bereits beantwortet. Eine weitere Antwort ist nicht möglich.',
	question: 'Anfrage',
	answer: 'Antwort',
	by: 'Beantwortet von',
	at: 'Beantwortet am',
	// The page of a link that no longer works
	expiredTitle: 'Diese Anfrage ist abgelaufen',
	expired:
		'Die Antwortfrist ist verstrichen. Wenn Sie noch antworten möchten, wenden Sie sich bitte an den Absender.',
	invalidTitle: 'Dieser Link ist ungültig',
	invalid: 'Möglicherweise ist der Link unvollständig. Öffnen Sie ihn noch einmal aus der ursprünglichen Nachricht.',
	canceledTitle: 'Diese Anfrage wurde geschlossen',
	canceled: 'Ihre Antwort wird nicht mehr benötigt.',
	notFoundTitle: 'Anfrage nicht gefunden',
	notFound: 'Diese Anfrage gibt es nicht mehr. Möglicherweise wurde sie bereits beantwortet oder geschlossen.',
};
