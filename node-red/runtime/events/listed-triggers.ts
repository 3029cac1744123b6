/** The running triggers of an account, whatever their source, for those who look at them from outside of the flow. */
import type { Node } from 'node-red';
import type { Subscriber } from './subscriber';

/** A running trigger. */
export interface ListedTrigger {
	readonly node: Pick<Node, 'id' | 'name'>;
	readonly taker: Subscriber;
}

export class ListedTriggers {
	private readonly triggers = new Map<string, ListedTrigger>();

	/** All of them, in the order in which they started. */
	get all(): readonly ListedTrigger[] {
		return [...this.triggers.values()];
	}

	/** The trigger with this ID. */
	find(id: string): ListedTrigger | undefined {
		return this.triggers.get(id);
	}

	add(trigger: ListedTrigger): void {
		this.triggers.set(trigger.node.id, trigger);
	}

	remove(id: string): void {
		this.triggers.delete(id);
	}
}
