import type { Dataset } from '@gan/core';
import { digits, inMemory } from '@gan/data';
import { stratifiedHalves } from './halves.js';

/** Digits and which ones they are. */
export type Digits = Awaited<ReturnType<typeof digits>>;

/** The real digits, by what they are for. */
export interface RealDigits {
  /** Those to learn from, 9 out of 10. */
  readonly training: Digits;
  /** Those that no training sees. */
  readonly heldOut: Digits;
  /** Both: what generated digits are compared with. */
  readonly all: Digits;
}

/** Reads them; a seed of its own makes another order. */
export async function realDigits(seed: number): Promise<RealDigits> {
  const [training, heldOut, all] = await Promise.all([
    digits({ split: 'train', seed }),
    digits({ split: 'held-out', seed }),
    digits({ split: 'all', seed }),
  ]);
  return { training, heldOut, all };
}

/** Two sets of `size` digits without one in common, drawn at random with as many of each class as there are among all. */
export function halvesOf(
  data: Digits,
  size: number,
  seed: number,
): readonly [Dataset<Digits['ports']>, Dataset<Digits['ports']>] {
  const { left, right } = stratifiedHalves(data.arrays.classes, size, seed);
  const pixels = 28 * 28;
  const chosen = (rows: Uint32Array) =>
    inMemory({
      ports: data.ports,
      arrays: {
        sample: Uint8Array.from(
          { length: size * pixels },
          (_, i) => data.arrays.sample[rows[Math.floor(i / pixels)]! * pixels + (i % pixels)]!,
        ),
        classes: Uint8Array.from(rows, (row) => data.arrays.classes[row]!),
      },
    });
  return [chosen(left), chosen(right)];
}
