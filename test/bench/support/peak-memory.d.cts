/** Peak memory of a process in bytes since it was last asked. */
export declare function peakMemory(pid: number): number;
