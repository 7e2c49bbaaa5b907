import { engine } from '@gan/engine';
import { readDoubles } from '@gan/tfjs-backend-torch';
import { engine as tfEngine } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { goldenError, goldenSides } from '../packages/gan-losses/src/golden-terms.fixture.js';

/** The golden values of losses where rounding does not hide an error. */

const reason = await engine({ use: 'torch-cpu', precision: 'float64' }).then(
  () => undefined,
  (error: unknown) => (error as Error).message.split('\n')[0],
);

describe.skipIf(reason !== undefined)(`losses in doubles${reason === undefined ? '' : ` (${reason})`}`, () => {
  beforeAll(() => engine({ use: 'torch-cpu', precision: 'float64' }));

  it.each(goldenSides)('%s, %s: value and gradients in the heads are those of others', (name, side) => {
    const error = tfEngine().tidy(() => goldenError(name, side, readDoubles));
    // Constants pass through float32 in TensorFlow.js.
    expect(error).toBeLessThan(1e-6);
  });
});
