/**
 * How many resources stand before the trigger, in the palette and wherever the nodes are listed: those of everyday use.
 */
export const BEFORE_TRIGGER = 4;
