/** What is known of an account's problems, from one deploy to the next. */
import type { HealthState } from '../../../api';

/** The problems that the health nodes of an account have reported. state/process-state.ts keeps it. */
export interface HealthMemory {
	/** By the ID of the node. */
	readonly states: Map<string, HealthState>;
}
