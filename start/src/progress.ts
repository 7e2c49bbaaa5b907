/** How a run talks to who watches it. */
export interface Progress {
  /** Prints a line that stays. */
  readonly say: (text: string) => void;
  /** Shows how far it is: on a terminal in one line that changes, else in a plain line. */
  readonly show: (text: string) => void;
  /** Whether it is time to show something again: often on a terminal, else now and then. */
  readonly isDue: () => boolean;
}

const LIVE_MS = 200;
const PLAIN_MS = 15_000;

/** @param output Where to; the terminal unless said. */
export function progress(output: NodeJS.WriteStream = process.stdout): Progress {
  const live = output.isTTY === true;
  let last = Number.NEGATIVE_INFINITY;
  return {
    say: (text) => void output.write(live ? `\r\u001b[2K${text}\n` : `${text}\n`),
    isDue: () => performance.now() - last >= (live ? LIVE_MS : PLAIN_MS),
    show: (text) => {
      last = performance.now();
      output.write(live ? `\r\u001b[2K${text.slice(0, (output.columns || 80) - 1)}` : `${text}\n`);
    },
  };
}

/** What there is to say after a step. */
export interface Moment {
  /** Steps done, and to do altogether. */
  readonly step: number;
  readonly steps: number;
  /** By `<player>/<term>`. */
  readonly losses: Readonly<Record<string, number>>;
  readonly imagesPerSecond: number;
  readonly secondsLeft: number;
}

/** For instance `step 350/2000  discriminator 0.613  generator 1.204  812 images/s  2 min left`. */
export function spelled({ step, steps, losses, imagesPerSecond, secondsLeft }: Moment): string {
  const width = String(steps).length;
  const values = Object.entries(losses).map(([name, value]) => `${name.split('/')[0]} ${value.toFixed(3)}`);
  return [
    `step ${String(step).padStart(width)}/${steps}`,
    ...values,
    `${imagesPerSecond.toFixed(0)} images/s`,
    `${duration(secondsLeft)} left`,
  ].join('  ');
}

/** Seconds as one would say them: `45 s`, `3 min`, `1.5 h`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
