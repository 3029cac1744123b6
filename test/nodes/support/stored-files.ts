/** A file as n8n's storage keeps it. */
import type { BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';

/** Bytes of a PDF, not all of which are text. */
export const pdf = Buffer.from('%PDF-1.7 \u0000\u00ff receipt', 'latin1');

/** Stores the PDF, and gives what an item holds of it. */
export async function stored(service: BinaryDataService, file: Partial<IBinaryData>): Promise<IBinaryData> {
	return service.store({ type: 'execution', workflowId: '1', executionId: '1' }, pdf, {
		data: '',
		mimeType: 'application/pdf',
		...file,
	} as IBinaryData);
}
