/** A clock that stands still until a test moves it. Timers and the network go on. */

/** Resets the clock before each test of a file. Returns a function that moves it on, in milliseconds. */
export function useClock(): (milliseconds: number) => void {
	beforeEach(() => {
		jest.useFakeTimers({
			now: Date.parse('2026-11-27T12:00:00Z'),
			doNotFake: [
				'hrtime',
				'nextTick',
				'performance',
				'queueMicrotask',
				'setImmediate',
				'clearImmediate',
				'setInterval',
				'clearInterval',
				'setTimeout',
				'clearTimeout',
			],
		});
	});
	afterEach(() => {
		jest.useRealTimers();
	});
	return (milliseconds) => jest.setSystemTime(Date.now() + milliseconds);
}
