/** What the node outputs to the next node, or to the AI agent whose tool call is reviewed. */
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import type { AnswerData } from '../../../api';

/** True for the Human in the Loop tool, which n8n makes of this node (hitl-tools.js of n8n 2.41.1). */
export function isReview({ type }: Pick<INode, 'type'>): boolean {
	return type.endsWith('HitlTool');
}

/** The output after an answer. If a tool call is declined, the agent reads the comment as `chatInput`. */
export function answered(node: INode, data: AnswerData): INodeExecutionData {
	const tellsAgent = isReview(node) && data.approved === false && data.comment !== null;
	return {
		json: { data: { ...data }, ...(tellsAgent ? { chatInput: data.comment } : {}) },
		pairedItem: { item: 0 },
	};
}

/** The output if nobody answered in time. Otherwise, an agent would take it for a decline. */
export function timedOut(node: INode): IDataObject {
	return {
		data: { timedOut: true },
		...(isReview(node) ? { chatInput: 'Nobody answered in time. The tool call was not approved.' } : {}),
	};
}
