import { describe, expect, it } from 'vitest';
import type { CostResult } from './cost.js';
import { merged } from './merged.js';

const cost = (multiple: number) => ({ medianMs: 1, minimumMs: 1, cpuMs: 1, steps: 9, undisturbed: 9, multiple });
const result = (variants: Readonly<Record<string, number>>, threads = 2): CostResult => ({
  variants: Object.fromEntries(Object.entries(variants).map(([name, multiple]) => [name, { ours: cost(multiple) }])),
  versions: { ours: { libtorch: '2.15.0' } },
  step: { size: 28, batch: 64, steps: 20, warmup: 2, threads, device: 'cpu' },
  machine: { processor: 'a processor', cores: 2, memoryGiB: 8 },
});

describe('a saved measurement', () => {
  it('keeps what was not measured again', () => {
    const { variants } = merged(result({ plain: 1, hinge: 0.97, r1: 3.1 }), result({ plain: 1, r1: 2.2, cutMix: 1.4 }));
    expect(Object.entries(variants).map(([name, { ours }]) => [name, ours.multiple])).toEqual([
      ['plain', 1],
      ['hinge', 0.97],
      ['r1', 2.2],
      ['cutMix', 1.4],
    ]);
  });

  it('keeps the versions of a peer that was not asked again, and refuses others of one that was', () => {
    const before = { ...result({ r1: 2 }), versions: { ours: { libtorch: '2.15.0' }, torch: { libtorch: '2.15.0' } } };
    expect(merged(before, result({ r1: 3 })).versions).toEqual(before.versions);
    const other = { ...result({ r1: 3 }), versions: { ours: { libtorch: '2.14.0' } } };
    expect(() => merged(before, other)).toThrow(/mix .* ours on libtorch 2\.15\.0 with .* ours on libtorch 2\.14\.0$/);
  });

  it('is not mixed with one of another number of threads', () => {
    expect(() => merged(result({ r1: 2 }), result({ r1: 2 }, 1))).toThrow(
      new TypeError(
        '--save would mix what was measured on 28 x 28, batch 64, 2 threads, cpu, 2 cores of a processor, ours on libtorch 2.15.0 ' +
          'with what was measured on 28 x 28, batch 64, 1 threads, cpu, 2 cores of a processor, ours on libtorch 2.15.0',
      ),
    );
  });
});
