// Finds the row of a file in the table of layers, and whether an import from it is allowed.
import { houses } from '../layers.mjs';

const fits = (path, name) => path === name || path.startsWith(`${name}/`) || name === '*';

/** The longest of the names that a path begins with. */
const longest = (path, names) =>
	names.filter((name) => fits(path, name)).sort((one, other) => other.length - one.length)[0];

/**
 * House and room of a file.
 * @param {string} file path from the root of the checkout, with slashes
 * @returns {{ path: string, house: string, room: string | undefined } | undefined} undefined outside all houses
 */
export function placeOf(file) {
	const path = file.replace(/(\.d)?\.\w+$/, '');
	const [house, ...rest] = path.split('/');
	if (!houses[house] || rest.length === 0) return undefined;
	return { path, house, room: longest(rest.join('/'), Object.keys(houses[house].rooms ?? {})) };
}

/** A package name with its group: `node:*` fits `node:fs`. */
const packageFits = (name, pattern) =>
	pattern === '*' || name === pattern || (pattern.endsWith('*') && name.startsWith(pattern.slice(0, -1)));

/**
 * Why a file cannot import another, or undefined if it can.
 * @param {string} from path of the file that imports, from the root
 * @param {{ file?: string, package?: string }} target the path of the imported file, or the name of a package
 */
export function problemOf(from, target) {
	const place = placeOf(from);
	if (!place) return undefined;
	const house = houses[place.house];
	const room = house.rooms?.[place.room];
	const name = room ? `${place.house}/${place.room}` : `${place.house}/`;
	const why = room?.why ?? house.why;
	if (house.rooms && !room)
		return `${from} belongs to no room. Add a row for it to scripts/check/layers.mjs, or move it.`;
	if (target.package !== undefined) {
		const allowed = room?.packages ?? house.packages;
		if (allowed.some((pattern) => packageFits(target.package, pattern))) return undefined;
		return `${name} cannot import the package "${target.package}". ${why}`;
	}
	const there = placeOf(target.file);
	if (!there) return undefined;
	if (there.house !== place.house) {
		const allowed = room?.houses ?? house.uses;
		if (allowed.some((other) => fits(there.path, other))) return undefined;
		return `${name} cannot import ${there.path}. ${why}`;
	}
	if (!room || there.room === place.room || room.uses.includes(there.room)) return undefined;
	return `${name} cannot import ${there.house}/${there.room ?? there.path}. ${why}`;
}

/**
 * The rooms of a house in an order in which each uses only earlier ones; throws where rooms use each other in a circle.
 */
export function orderOf(name) {
	const rooms = houses[name].rooms ?? {};
	const order = [];
	const open = new Set();
	const visit = (room) => {
		if (order.includes(room)) return;
		if (!rooms[room]) throw new Error(`scripts/check/layers.mjs: ${name} has no room "${room}"`);
		if (open.has(room))
			throw new Error(`scripts/check/layers.mjs: ${name}/${[...open, room].join(' > ')} is a circle`);
		open.add(room);
		for (const used of rooms[room].uses) visit(used);
		open.delete(room);
		order.push(room);
	};
	for (const room of Object.keys(rooms)) visit(room);
	return order;
}
