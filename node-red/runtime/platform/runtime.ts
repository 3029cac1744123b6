/** Node-RED's runtime as our nodes see it. */
import type { Node, NodeAPI } from 'node-red';

/** What Node-RED hands to a package: its nodes, its settings, its routes, and its messages in the user's language. */
export type Runtime = NodeAPI;

/** A node by its ID; undefined if there is none, which Node-RED's published types leave out. */
export function findNode(RED: Runtime, id: string | undefined): Node | undefined {
	return id ? ((RED.nodes.getNode(id) as Node | null) ?? undefined) : undefined;
}
