/**
 * The palette: its groups, by what people come for, and the order of its nodes. Everything that lists nodes follows
 * this order.
 */

/** A group of nodes with the same color. */
export interface PaletteGroup {
	readonly key: string;
	/**
	 * Its color, on which Node-RED draws a white icon and a dark label. All colors are about as bright as each other:
	 * the icon has a contrast of at least 3, and the label of at least 4.5.
	 */
	readonly color: string;
	/** Its node types, in the order of use. */
	readonly types: readonly string[];
}

export const paletteGroups: readonly PaletteGroup[] = [
	{
		key: 'send',
		color: '#6FA0C4',
		types: ['smtp2go-email', 'smtp2go-sms', 'smtp2go-template', 'smtp2go-ask'],
	},
	{
		key: 'react',
		color: '#6CA880',
		types: ['smtp2go-trigger', 'smtp2go-outcome', 'smtp2go-sms-in', 'smtp2go-health'],
	},
	{
		key: 'look',
		color: '#A792CB',
		types: ['smtp2go-activity', 'smtp2go-statistics', 'smtp2go-archive'],
	},
	{
		key: 'reputation',
		color: '#C89050',
		types: [
			'smtp2go-suppression',
			'smtp2go-sender-domain',
			'smtp2go-single-sender',
			'smtp2go-allowed-recipient',
			'smtp2go-allowed-sender',
			'smtp2go-dedicated-ip',
		],
	},
	{
		key: 'account',
		color: '#919CA8',
		types: [
			'smtp2go-smtp-user',
			'smtp2go-api-key',
			'smtp2go-subaccount',
			'smtp2go-webhook',
			'smtp2go-ip-auth',
			'smtp2go-ip-allow-list',
			'smtp2go-custom',
		],
	},
];

/** The node types in the order of the palette. */
export const paletteTypes: readonly string[] = paletteGroups.flatMap(({ types }) => types);

/** The color of a node type. A type without a group is an error of the build. */
export function colorOf(type: string): string {
	const group = paletteGroups.find(({ types }) => types.includes(type));
	if (group === undefined) throw new Error(`The node type ${type} is in no group of the palette`);
	return group.color;
}

/** The node type of a resource, by its key, as in `smtp2go-sender-domain`. */
export function typeOfResource(key: string): string {
	return `smtp2go-${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
