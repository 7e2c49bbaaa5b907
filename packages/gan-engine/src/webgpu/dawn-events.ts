/** What a device has done by now, made known while JavaScript waits for it. */
export interface DawnEvents {
  /** Has events happen until something is so. */
  readonly until: (isSo: () => boolean) => void;
}

type Callback = () => void;

/** Turns that are taken at once, some microseconds each, and milliseconds between later ones: a driver may need the processor. */
const [IMPATIENT, PAUSE] = [200, 0.05];

const asleep = new Int32Array(new SharedArrayBuffer(4));

/**
 * Dawn for Node makes events of a device known (a buffer is mapped, an error was found) in a function that it hands to
 * `setImmediate`, so never while JavaScript runs: nothing could be read synchronously. This takes that function as it is
 * handed over, to call it where one waits.
 *
 * @param begin What has Dawn hand it over: the start of anything asynchronous.
 * @returns What `begin` returns, and the events; none of them if `begin` hands nothing over.
 */
export function eventsFrom<T>(begin: () => T): { readonly begun: T; readonly events: DawnEvents | undefined } {
  let tick: Callback | undefined;
  const begun = handedOver(begin, (callback, schedule) => {
    tick ??= callback;
    schedule(callback);
  });
  if (tick === undefined) return { begun, events: undefined };
  const first = tick;
  const until = (isSo: () => boolean): void => {
    let next: Callback | undefined;
    handedOver(
      () => {
        for (let turn = 0; !isSo(); turn++) {
          (next ?? first)();
          if (turn > IMPATIENT) Atomics.wait(asleep, 0, 0, PAUSE);
        }
      },
      (callback) => {
        next = callback;
      },
    );
    if (next) setImmediate(next);
  };
  return { begun, events: { until } };
}

/** Calls what may hand functions to `setImmediate`, and takes them. */
function handedOver<T>(call: () => T, take: (callback: Callback, schedule: (callback: Callback) => void) => void): T {
  const schedule = globalThis.setImmediate;
  globalThis.setImmediate = ((callback: Callback) => take(callback, schedule)) as typeof setImmediate;
  try {
    return call();
  } finally {
    globalThis.setImmediate = schedule;
  }
}
