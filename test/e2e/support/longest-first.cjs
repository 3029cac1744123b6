// The order of the files: those that take longest come first, so that no worker is left with one of them at the end.
const { default: Sequencer } = require('@jest/test-sequencer');
const { basename } = require('node:path');

/** The files that take two minutes or more beside three others, the longest first. */
const longest = [
	'n8n-dialogs',
	'node-red-dialogs',
	'n8n-queue',
	'n8n-polling',
	'n8n-trigger',
	'n8n-polling-queue',
	'n8n-approval',
	'n8n-examples',
	'n8n-catch-up',
	'node-red-dialogs-trigger',
	'node-red-feed',
];

/** A file's place: the others come after these, in Jest's own order. */
function placeOf({ path }) {
	const place = longest.indexOf(basename(path, '.test.ts'));
	return place === -1 ? longest.length : place;
}

module.exports = class LongestFirst extends Sequencer {
	async sort(tests) {
		const sorted = await super.sort(tests);
		return [...sorted].sort((one, other) => placeOf(one) - placeOf(other));
	}
};
