// The memory of a process that this one started (Linux).
const { readFileSync, writeFileSync } = require('node:fs');

/** Peak memory of a process in bytes since it was last asked. */
exports.peakMemory = (pid) => {
	const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
	return peak;
};
