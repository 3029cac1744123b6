/** The webhooks that resume a waiting execution, as in n8n's own nodes with this operation. */
import type { IWebhookDescription } from 'n8n-workflow';

function resumedBy(httpMethod: 'GET' | 'POST'): IWebhookDescription {
	return {
		name: 'default',
		httpMethod,
		responseMode: 'onReceived',
		responseData: '',
		path: '={{ $nodeId }}',
		restartWebhook: true,
		isFullPath: true,
	};
}

/** GET shows the page, POST decides. n8n itself responds to other methods, and none of them resumes anything. */
export const answerWebhooks: IWebhookDescription[] = [resumedBy('GET'), resumedBy('POST')];

/** What the editor shows at the node while it waits. */
export const waitingTooltip =
	'={{ $parameter["operation"] === "sendAndWait" ? "The workflow continues when a recipient answers" : "" }}';
