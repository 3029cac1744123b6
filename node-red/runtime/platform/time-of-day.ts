/** The time of day in a node's status. */

/** The time of day where Node-RED runs, as in `09:05`. */
export function timeOfDay(date = new Date()): string {
	return date.toTimeString().slice(0, 5);
}
