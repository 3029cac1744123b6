/**
 * Calls over n8n's own HTTP helper against servers that behave badly: how long they may take, how much they may say,
 * what may have arrived.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { EventEmitter, once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { brotliCompressSync, createGzip, gzipSync } from 'node:zlib';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { MAX_RESPONSE_BYTES, type HttpOutcome } from '../../../api';
import { connectItem } from '../../../nodes/Smtp2go/connection/host';
import { addNodeType, runNode } from '../support/engine';

/** Makes one call as the node does, and gives out what came of it. */
class Probe {
	description = {
		displayName: 'Probe',
		name: 'probe',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'smtp2goApi', required: true }],
		properties: [
			{ displayName: 'Time', name: 'timeoutMs', type: 'number', default: 0 },
			{ displayName: 'Stoppable', name: 'stoppable', type: 'boolean', default: false },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { timeoutMs, stoppable } = this.getNode().parameters;
		const connected = await connectItem(this, 0, this.getExecutionCancelSignal());
		if (!connected.ok) throw connected.error;
		const { host, baseUrl, signal } = connected.value.connection;
		const outcome = await host.send({
			method: 'POST',
			url: `${baseUrl}/x`,
			headers: {},
			body: '{}',
			timeoutMs: Number(timeoutMs),
			signal: stoppable ? signal : undefined,
		});
		return [[{ json: outcome as unknown as IDataObject }]];
	}
}

addNodeType('probe', new Probe() as unknown as INodeType);

async function call(
	baseUrl: string,
	timeoutMs = 20_000,
	more: { stoppable?: boolean; onStart?: (stop: () => void) => void } = {},
): Promise<HttpOutcome> {
	const { items, error } = await runNode({
		type: 'probe',
		parameters: { timeoutMs, stoppable: more.stoppable ?? false },
		credentials: { apiKey: `api-${'0'.repeat(32)}`, region: 'custom', baseUrl },
		...(more.onStart ? { onStart: more.onStart } : {}),
	});
	if (error) throw error;
	return items[0]?.json as unknown as HttpOutcome;
}

const open: Server[] = [];
async function listen(server: Server): Promise<string> {
	open.push(server);
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const serve = async (answer: RequestListener) => listen(createServer(answer));

afterEach(() => {
	for (const server of open.splice(0)) {
		server.closeAllConnections();
		server.close();
	}
});

/** Writes for as long as the other side takes it. */
function pour(response: ServerResponse, piece: Buffer): void {
	const write = () => {
		while (!response.destroyed && response.write(piece));
	};
	response.on('drain', write);
	write();
}

const late = { answered: false, arrived: 'unknown', code: 'ETIMEDOUT', message: 'No response within 1.5 s' };
const tooLong = {
	answered: false,
	arrived: 'unknown',
	code: 'EMSGSIZE',
	message: 'The response is longer than 64,000,000 bytes',
};

// The first call loads the engine: it must not count as time of a call that is measured.
beforeAll(async () => {
	await call(await serve((_, response) => response.end('{}')));
});

describe('a call ends after its time as a whole', () => {
	test.each<[string, RequestListener]>([
		['where no answer begins', () => undefined],
		[
			'where the answer comes in drops',
			(_, response) => {
				response.write('{');
				const drip = setInterval(() => response.write(' '), 50);
				response.on('close', () => clearInterval(drip));
			},
		],
		[
			'where the packed answer comes in drops',
			(_, response) => {
				response.setHeader('Content-Encoding', 'gzip');
				const gzip = createGzip();
				gzip.pipe(response);
				gzip.write('{');
				const drip = setInterval(() => {
					gzip.write(' ');
					gzip.flush();
				}, 50);
				response.on('close', () => clearInterval(drip));
			},
		],
		[
			'where the answer stops in its middle',
			(_, response) => {
				response.setHeader('Content-Length', 100);
				response.write('{"data":');
			},
		],
	])('%s', async (_, answer) => {
		const closed = new EventEmitter();
		const url = await serve((request, response) => {
			request.socket.on('close', () => closed.emit('close'));
			answer(request, response);
		});
		const [outcome] = await Promise.all([call(url, 1_500), once(closed, 'close')]);
		expect(outcome).toEqual(late);
	});
});

describe('an answer of more than 64 MB is not read', () => {
	test('and the connection is closed', async () => {
		let sent = 0;
		const piece = Buffer.alloc(1_000_000, ' ');
		const url = await serve((_, response) => {
			response.on('drain', () => {
				sent += piece.length;
			});
			pour(response, piece);
		});
		expect(await call(url)).toEqual(tooLong);
		expect(sent).toBeLessThan(2 * MAX_RESPONSE_BYTES);
	});

	test('nor unpacked: 400 kB that would be 400 MB', async () => {
		const part = gzipSync(Buffer.alloc(4_000_000, ' '));
		const bomb = Buffer.concat(Array.from({ length: 100 }, () => part));
		expect(bomb.length).toBeLessThan(500_000);
		const before = process.memoryUsage().rss;
		const url = await serve((_, response) => {
			response.setHeader('Content-Encoding', 'gzip');
			response.end(bomb);
		});
		expect(await call(url)).toEqual(tooLong);
		expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
	});
});

describe('an answer is read whole', () => {
	const text = JSON.stringify({ data: { name: 'Zoë 📎'.repeat(50_000) } });
	test.each<[string, (response: ServerResponse) => void]>([
		['unchanged', (response) => response.end(text)],
		['with a byte order mark', (response) => response.end(`\ufeff${text}`)],
		[
			'in pieces that cut its letters',
			(response) => {
				for (const byte of Buffer.from(text).subarray(0, 40)) response.write(Buffer.from([byte]));
				response.end(Buffer.from(text).subarray(40));
			},
		],
		[
			'packed with gzip',
			(response) => {
				response.setHeader('Content-Encoding', 'gzip');
				response.end(gzipSync(text));
			},
		],
		[
			'packed with brotli',
			(response) => {
				response.setHeader('Content-Encoding', 'br');
				response.end(brotliCompressSync(text));
			},
		],
	])('%s', async (_, answer) => {
		const url = await serve((__, response) => {
			response.statusCode = 401;
			response.setHeader('Retry-After', '7');
			answer(response);
		});
		expect(await call(url)).toMatchObject({ answered: true, status: 401, text, headers: { 'retry-after': '7' } });
	});

	test('also an empty one', async () => {
		expect(
			await call(
				await serve((_, response) => {
					response.statusCode = 204;
					response.end();
				}),
			),
		).toMatchObject({ answered: true, status: 204, text: '' });
	});
});

describe('what breaks after the call has left may have arrived', () => {
	test.each<[string, RequestListener]>([
		['before the answer', (request) => request.socket.destroy()],
		[
			'within the answer',
			(request, response) => {
				response.setHeader('Content-Length', 100);
				response.write('{"data":');
				setImmediate(() => request.socket.destroy());
			},
		],
		[
			'within the packed answer',
			(request, response) => {
				response.setHeader('Content-Encoding', 'gzip');
				response.write(gzipSync('{"data":{}}').subarray(0, 15));
				setImmediate(() => request.socket.destroy());
			},
		],
		[
			'in what only says that it is packed',
			(_, response) => {
				response.setHeader('Content-Encoding', 'gzip');
				response.end('{"data":{}}');
			},
		],
	])('%s', async (_, answer) => {
		expect(await call(await serve(answer))).toMatchObject({ answered: false, arrived: 'unknown' });
	});
});

describe('a workflow that is stopped', () => {
	const drops: RequestListener = (_, response) => {
		response.write('{');
	};

	test('cuts off a call that may be repeated', async () => {
		let stop = () => undefined as void;
		const url = await serve((request, response) => {
			drops(request, response);
			setImmediate(stop);
		});
		const { items } = await runNode({
			type: 'probe',
			parameters: { timeoutMs: 60_000, stoppable: true },
			credentials: { apiKey: 'x', region: 'custom', baseUrl: url },
			onStart: (given) => {
				stop = given;
			},
		});
		expect(items[0]?.json).toMatchObject({ answered: false, arrived: 'unknown', code: 'ERR_CANCELED' });
	});
});

describe('what never left is told as such', () => {
	test('where nobody listens', async () => {
		const server = createTcpServer();
		await new Promise<void>((resolve) => {
			server.listen(0, '127.0.0.1', resolve);
		});
		const { port } = server.address() as AddressInfo;
		await new Promise((resolve) => {
			server.close(resolve);
		});
		expect(await call(`http://127.0.0.1:${port}`)).toMatchObject({
			answered: false,
			arrived: 'no',
			code: 'ECONNREFUSED',
		});
	});

	test('where the name has no address', async () => {
		expect(await call('http://nothing.invalid')).toMatchObject({ answered: false, arrived: 'no' });
	});
});

describe('through a proxy, a call counts as never made only where no connection came about', () => {
	const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY'];
	const through = async (proxy: string, target: string) => {
		for (const name of NAMES) process.env[name] = proxy;
		try {
			return await call(target);
		} finally {
			for (const name of NAMES) delete process.env[name];
		}
	};
	const proxy = async (tunnel: (socket: Duplex) => void) => {
		const server = createServer((_, response) => {
			response.statusCode = 502;
			response.end();
		});
		server.on('connect', (_, socket: Duplex) => tunnel(socket));
		return listen(server);
	};
	const opened = 'HTTP/1.1 200 OK\r\n\r\n';

	test.each(['http', 'https'])('%s: nobody listens there', async (scheme) => {
		expect(await through('http://127.0.0.1:9', `${scheme}://192.0.2.1`)).toMatchObject({
			answered: false,
			arrived: 'no',
			code: 'ECONNREFUSED',
		});
	});

	test("it answers in SMTP2GO's place", async () => {
		expect(await through(await proxy(() => undefined), 'http://192.0.2.1')).toMatchObject({
			answered: true,
			status: 502,
		});
	});

	test.each<[string, (socket: Duplex) => void, object]>([
		[
			'refuses the tunnel',
			(socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
			{ answered: true, status: 407 },
		],
		['closes instead of a tunnel', (socket) => socket.destroy(), { answered: false, arrived: 'unknown' }],
		[
			'closes the tunnel',
			(socket) => {
				socket.write(opened);
				socket.once('data', () => socket.destroy());
			},
			{ answered: false, arrived: 'unknown' },
		],
		[
			'speaks no TLS in it',
			(socket) => {
				socket.write(opened);
				socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
			},
			{ answered: false, arrived: 'unknown' },
		],
	])('it %s', async (_, tunnel, expected) => {
		expect(await through(await proxy(tunnel), 'https://192.0.2.1')).toMatchObject(expected);
	});
});
