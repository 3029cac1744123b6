/** A running n8n. */
export interface N8nProcess {
	readonly url: string;
	/** The ID of its process. */
	readonly pid: number;
	/** Everything it has written so far. */
	output(): string;
	stop(): Promise<void>;
	/** Ends it as a power cut does. */
	kill(): Promise<void>;
}

export interface SavedCredential {
	readonly id: string;
	readonly name: string;
}

export declare class N8nClient {
	constructor(url: string);
	readonly url: string;
	cookie: string;
	call(method: string, path: string, body?: unknown): Promise<unknown>;
	signIn(owner: { email: string; password: string }): Promise<void>;
	saveCredential(name: string, data: Record<string, string>): Promise<SavedCredential>;
	testCredential(
		credential: SavedCredential,
		data: Record<string, string>,
	): Promise<{ status: string; message: string }>;
	importWorkflow(file: string, credential: SavedCredential): Promise<{ id: string; active: boolean }>;
	activate(id: string): Promise<void>;
	deactivate(id: string): Promise<void>;
}

export declare function freePort(wanted?: number): Promise<number>;
export declare function installPackage(root: string, userFolder: string): void;
export declare function startN8nProcess(options: {
	hostFolder: string;
	userFolder: string;
	port?: number;
	command?: string;
	env?: Record<string, string>;
}): Promise<N8nProcess>;
