import { setTimeout as pause } from 'node:timers/promises';
import type { Stepped } from '../peers/protocol.js';
import { machineBusy, type Sample } from './quiet.js';

/** Who takes a step in its turn. */
export interface Stepper {
  readonly name: string;
  readonly step: () => Promise<Stepped>;
}

/** Each takes a step, again and again; who begins changes, since the last one leaves warm caches to nobody. */
export async function turns(
  steppers: readonly Stepper[],
  { steps, warmup }: { readonly steps: number; readonly warmup: number },
): Promise<Readonly<Record<string, readonly Sample[]>>> {
  const samples = Object.fromEntries(steppers.map(({ name }): [string, Sample[]] => [name, []]));
  for (let round = 0; round < warmup + steps; round++) {
    for (let turn = 0; turn < steppers.length; turn++) {
      const { name, step } = steppers[(round + turn) % steppers.length]!;
      await pause(10); // OpenMP's threads spin for some milliseconds after their last work
      const before = machineBusy();
      const { milliseconds, cpuMilliseconds } = await step();
      if (round >= warmup)
        samples[name]!.push({ milliseconds, cpuMilliseconds, others: machineBusy() - before - cpuMilliseconds });
    }
  }
  return samples;
}
