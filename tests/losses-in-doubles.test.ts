import { engine } from '@gan/engine';
import { readDoubles } from '@gan/tfjs-backend-torch';
import { engine as tfEngine } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { rotationError, wassersteinDivergenceError } from '../packages/gan-losses/src/golden-judged.fixture.js';
import { goldenError, goldenSides } from '../packages/gan-losses/src/golden-terms.fixture.js';

/** The golden values of losses where rounding does not hide an error. */

const reason = await engine({ use: 'torch-cpu', precision: 'float64' }).then(
  () => undefined,
  (error: unknown) => (error as Error).message.split('\n')[0],
);

/** Constants pass through float32 in TensorFlow.js. */
const bound = 1e-6;
const tidied = (body: () => number): number => tfEngine().tidy(body);

describe.skipIf(reason !== undefined)(`losses in doubles${reason === undefined ? '' : ` (${reason})`}`, () => {
  beforeAll(() => engine({ use: 'torch-cpu', precision: 'float64' }));

  it.each(goldenSides)('%s, %s: value and gradients in the heads are those of others', (name, side) => {
    expect(tidied(() => goldenError(name, side, readDoubles))).toBeLessThan(bound);
  });

  it('the Wasserstein divergence and rotation: value and gradients are those of others', () => {
    expect(tidied(() => wassersteinDivergenceError(readDoubles))).toBeLessThan(bound);
    for (const side of ['discriminator', 'generator'] as const)
      expect(tidied(() => rotationError(side, readDoubles))).toBeLessThan(bound);
  });
});
