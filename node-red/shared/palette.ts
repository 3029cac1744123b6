/** How many resources come before the trigger, in the palette and wherever nodes are listed: those of everyday use. */
export const BEFORE_TRIGGER = 4;
