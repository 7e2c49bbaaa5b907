import { cpus } from 'node:os';

/** Processor time of this machine so far, of all its cores and processes, in milliseconds. */
export const machineBusy = (): number =>
  cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);

/** A step as it was measured. */
export interface Sample {
  readonly milliseconds: number;
  /** Processor time that the peer took, all threads together. */
  readonly cpuMilliseconds: number;
  /** Processor time that others took meanwhile, in milliseconds. */
  readonly others: number;
}

/** A tenth of the step, or the grain of the system's clocks. */
const undisturbed = ({ milliseconds, others }: Sample): boolean => others < Math.max(20, 0.1 * milliseconds);

/** What there is to say of one peer's steps. */
export interface Summary {
  readonly medianMs: number;
  readonly minimumMs: number;
  /** The median of processor time, all threads together: with one thread, nearly the same on a busy machine. */
  readonly cpuMs: number;
  readonly steps: number;
  /** Steps during which nothing else kept the machine busy: the median is theirs if there are 8 of them. */
  readonly undisturbed: number;
}

/** The median of the steps in which the machine was ours; of all, where these are too few. */
export function summary(samples: readonly Sample[]): Summary {
  const quiet = samples.filter(undisturbed);
  const counted = quiet.length >= 8 ? quiet : samples;
  const times = counted.map(({ milliseconds }) => milliseconds);
  return {
    medianMs: rounded(median(times)),
    minimumMs: rounded(Math.min(...times)),
    cpuMs: rounded(median(counted.map(({ cpuMilliseconds }) => cpuMilliseconds))),
    steps: samples.length,
    undisturbed: quiet.length,
  };
}

const rounded = (milliseconds: number): number => Math.round(milliseconds * 100) / 100;

/** The middle value; of an even count, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
