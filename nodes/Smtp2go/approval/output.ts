/** What the node gives to the next one, or to the AI agent whose tool call is reviewed. */
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import type { AnswerData } from '../../../api';

/** True for the Human in the Loop tool, which n8n makes of this node (hitl-tools.js of n8n 2.41.1). */
export function isReview({ type }: Pick<INode, 'type'>): boolean {
	return type.endsWith('HitlTool');
}

/** The output after an answer. An agent reads the comment to a refusal as `chatInput`. */
export function answered(node: INode, data: AnswerData): INodeExecutionData {
	const tellsAgent = isReview(node) && data.approved === false && data.comment !== null;
	return {
		json: { data: { ...data }, ...(tellsAgent ? { chatInput: data.comment } : {}) },
		pairedItem: { item: 0 },
	};
}

/** The output if nobody answered in time. An agent would otherwise take it for a refusal. */
export function timedOut(node: INode): IDataObject {
	return {
		data: { timedOut: true },
		...(isReview(node) ? { chatInput: 'Nobody answered in time. The tool call was not approved.' } : {}),
	};
}
