/** How many resources come before the trigger, in the palette and wherever nodes are listed: those of everyday use. */
export const BEFORE_TRIGGER = 4;

/** The nodes that no resource describes, in the order of the palette. */
export const HAND_WRITTEN = [
	'smtp2go-account',
	'smtp2go-trigger',
	'smtp2go-sms-in',
	'smtp2go-ask',
	'smtp2go-outcome',
	'smtp2go-health',
];
