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

/** How a run talks to who watches it. */
export interface Progress {
  /** Prints a line that stays. */
  readonly say: (text: string) => void;
  /** Shows how training goes: on a terminal in one line that changes, else in a plain line now and then. */
  readonly show: (moment: Moment) => void;
  /** Whether showing something now would be seen: reading losses costs a moment on some engines. */
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
    show: (moment) => {
      last = performance.now();
      const line = spelled(moment);
      output.write(live ? `\r\u001b[2K${line.slice(0, (output.columns || 80) - 1)}` : `${line}\n`);
    },
  };
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
