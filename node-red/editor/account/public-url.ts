/** Whether SMTP2GO and recipients can reach this Node-RED, as far as an account says. */

/** True if an account has a public address. @param account its ID */
export function hasPublicUrl(account: unknown): boolean {
	const node = typeof account === 'string' ? RED.nodes.node(account) : undefined;
	return typeof node?.publicUrl === 'string' && node.publicUrl.trim() !== '';
}
