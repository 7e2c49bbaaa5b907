/** Time spent on a run, stops not counted. */
export interface Stopwatch {
  /** Seconds of training. */
  readonly seconds: () => number;
  /** Seconds of all processors, on whatever this process did. */
  readonly cpuSeconds: () => number;
  /** Counts the time of a step. */
  readonly add: (milliseconds: number) => void;
}

/** @param before What was spent until the run was stopped. */
export function stopwatch(before: { readonly seconds: number; readonly cpuSeconds: number }): Stopwatch {
  let { seconds } = before;
  return {
    seconds: () => seconds,
    cpuSeconds: () => {
      const { user, system } = process.cpuUsage();
      return before.cpuSeconds + (user + system) / 1e6;
    },
    add: (milliseconds) => {
      seconds += milliseconds / 1000;
    },
  };
}
