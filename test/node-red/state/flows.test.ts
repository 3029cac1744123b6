/** Who is told when the flows start, and what is known of them between two starts. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { EventEmitter } from 'node:events';
import type { Runtime } from '../../../node-red/runtime/platform/runtime';
import { areFlowsRunning, onFlowsStarted } from '../../../node-red/runtime/state/flows';

const made = () => {
	const events = new EventEmitter();
	return { events, RED: { events } as unknown as Runtime };
};

it('listens to the events of Node-RED once, however many accounts there are', () => {
	const { events, RED } = made();
	for (let count = 0; count < 50; count++) onFlowsStarted(RED, () => undefined);
	expect(events.eventNames().map((name) => [name, events.listenerCount(name)])).toEqual([
		['flows:stopping', 1],
		['flows:started', 1],
	]);
});

it('calls each listener at each start, in the order in which they were added, until it is removed', () => {
	const { events, RED } = made();
	const calls: string[] = [];
	const remove = onFlowsStarted(RED, () => calls.push('first'));
	onFlowsStarted(RED, () => calls.push('second'));
	events.emit('flows:started');
	remove();
	events.emit('flows:started');
	expect(calls).toEqual(['first', 'second', 'second']);
});

it('knows whether the flows run: from their start, as the listeners see it too, to the next stop', () => {
	const { events, RED } = made();
	let seen = false;
	onFlowsStarted(RED, () => {
		seen = areFlowsRunning();
	});
	events.emit('flows:started');
	expect([seen, areFlowsRunning()]).toEqual([true, true]);
	events.emit('flows:stopping');
	expect(areFlowsRunning()).toBe(false);
});
