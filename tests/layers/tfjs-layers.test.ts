import { type EngineOptions, engine } from '@gan/engine';
import { layers } from '@tensorflow/tfjs-layers';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { layerTrials } from './layer-trials.js';
import { type Noted, outcomeOf, type Trial, uniform } from './trial.js';

/** Every layer of tfjs-layers beside itself on the cpu backend: results, and gradients at weights and inputs. */

/** What others are made of, and no layers by themselves. */
const bases = ['Layer', 'RNNCell'];

/** Noise is drawn from Math.random where a layer takes no seed. */
const outcome = async (make: (reference: boolean) => Trial, on: EngineOptions): Promise<Record<string, Noted>> => {
  await engine(on);
  vi.spyOn(Math, 'random').mockImplementation(uniform(7));
  return outcomeOf(make(on.use === 'cpu'));
};

/** The largest difference, relative to the largest number expected. */
const distance = (actual: readonly number[], expected: readonly number[]): number => {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return actual.reduce((most, value, index) => {
    const difference = Math.abs(value - expected[index]!) / largest;
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(most, difference);
  }, 0);
};

it('every layer of tfjs-layers is tried', () => {
  const names = Object.keys(layers).filter((name) => !bases.includes(name));
  expect(Object.keys(layerTrials).sort()).toEqual(names.sort());
});

for (const precision of ['float32', 'float64'] as const) {
  const on = { use: 'torch-cpu', precision } as const;
  describe.skipIf(process.env['GAN_LIBTORCH'] === undefined)(
    `tfjs-layers on libtorch in ${precision} (needs libtorch: set GAN_LIBTORCH)`,
    () => {
      let [largest, tried] = [0, 0];
      beforeAll(() => void engine(on));
      afterEach(() => void vi.restoreAllMocks());
      afterAll(() => console.info(`${tried} layers in ${precision}; the largest error is ${largest.toExponential(1)}`));

      for (const [name, trials] of Object.entries(layerTrials))
        trials.forEach((make, index) => {
          it(`${name}, ${index + 1} of ${trials.length}, gives what it gives on cpu`, async () => {
            const expected = await outcome(make, { use: 'cpu' });
            const actual = await outcome(make, on);
            expect(Object.keys(actual)).toEqual(Object.keys(expected));
            for (const [what, { shape, values }] of Object.entries(expected)) {
              expect(actual[what]!.shape, what).toEqual(shape);
              const far = distance(actual[what]!.values, values);
              expect(far, what).toBeLessThanOrEqual(1e-5);
              largest = Math.max(largest, far);
            }
            tried++;
          });
        });
    },
  );
}
