/** A chat model with the API of OpenAI that does one thing: it calls its only tool, and repeats what it hears of it. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Message {
	role: string;
	content: unknown;
}

interface ChatRequest {
	messages: Message[];
	tools?: { function: { name: string } }[];
}

/** The model, and the tool that it wants: an endpoint that refunds. */
export interface StubModel {
	/** The base URL of the model's API. */
	apiUrl: string;
	/** The address of the endpoint that refunds. */
	refundUrl: string;
	/** The bodies that the endpoint got. */
	refunds: string[];
	/** What the agent told the model about the tool, newest last. */
	heard: string[];
	stop(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const pieces: Buffer[] = [];
	for await (const piece of request) pieces.push(piece as Buffer);
	return Buffer.concat(pieces).toString('utf8');
}

/** The model's next message. */
function nextMessage({ messages, tools }: ChatRequest): object {
	const told = messages.filter(({ role }) => role === 'tool').at(-1);
	if (told) return { role: 'assistant', content: `The tool says: ${JSON.stringify(told.content)}` };
	return {
		role: 'assistant',
		content: null,
		tool_calls: [
			{
				id: 'call_1',
				type: 'function',
				function: {
					name: tools?.[0]?.function.name ?? '',
					arguments: JSON.stringify({ toolParameters: { order: '1001', amount: 25 }, hitlParameters: {} }),
				},
			},
		],
	};
}

/** Starts both. */
export async function startStubModel(): Promise<StubModel> {
	const refunds: string[] = [];
	const heard: string[] = [];
	const server: Server = createServer((request, response) => {
		void bodyOf(request).then((body) => {
			response.setHeader('content-type', 'application/json');
			if (request.url === '/refund') {
				refunds.push(body);
				response.end(JSON.stringify({ refunded: true }));
				return;
			}
			const asked = JSON.parse(body) as ChatRequest;
			heard.push(...asked.messages.filter(({ role }) => role === 'tool').map(({ content }) => String(content)));
			const message = nextMessage(asked);
			response.end(
				JSON.stringify({
					id: 'chatcmpl-1',
					object: 'chat.completion',
					created: 1,
					model: 'stub',
					choices: [{ index: 0, message, finish_reason: 'tool_calls' in message ? 'tool_calls' : 'stop' }],
					usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
				}),
			);
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', () => resolve());
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		apiUrl: `${url}/v1`,
		refundUrl: `${url}/refund`,
		refunds,
		heard,
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
