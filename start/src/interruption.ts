/** A wish to stop. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Stops listening. */
  readonly dispose: () => void;
}

/** The exit codes that shells expect of a program that a signal ended. */
const codes = { SIGINT: 130, SIGTERM: 143 } as const;

/** The user stopped the run. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly code: number;

  constructor(signal: keyof typeof codes) {
    super(`stopped by ${signal}`);
    this.code = codes[signal];
  }
}

/** One press reaches a program twice when npm passes on what the terminal has sent already. */
const ONE_PRESS_MS = 300;

/** How often to look whether whoever started the program is still there. */
const LOOK_MS = 200;

/**
 * Listens to Ctrl-C and SIGTERM: the first is a wish to stop, the second ends the program on the spot. A signal sent to
 * npm alone may end the shell that npm has put in between and never arrive here, so the death of that shell counts as
 * SIGTERM.
 */
export function interruption(): Interruption {
  const controller = new AbortController();
  let first = 0;
  const stop = (signal: keyof typeof codes) => {
    if (!controller.signal.aborted) {
      first = performance.now();
      controller.abort(new Interrupted(signal));
    } else if (performance.now() - first > ONE_PRESS_MS) process.exit(codes[signal]);
  };
  const parent = process.ppid;
  const orphaned = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(orphaned);
    if (!controller.signal.aborted) stop('SIGTERM');
  }, LOOK_MS);
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return {
    signal: controller.signal,
    dispose: () => {
      clearInterval(orphaned);
      process.off('SIGINT', stop).off('SIGTERM', stop);
    },
  };
}
