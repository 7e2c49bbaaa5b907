import '@tensorflow/tfjs-backend-cpu';
import { assertFinite } from '@gan/core';
import { add, memory, mul, ones, serialization, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { initializers, layers, models, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { defineLayer } from './define-layer.js';

/** x * scale + calls, where `calls` counts the batches seen in training. */
const counting = defineLayer<{ readonly start: number }, 'scale' | 'calls'>({
  name: 'CountingForTests',
  options: { start: assertFinite },
  weights: ([shape], { start }) => ({
    scale: { shape: [shape!.at(-1)!], initializer: initializers.constant({ value: start }) },
    calls: { shape: [], initializer: initializers.zeros(), trainable: false },
  }),
  call: ({ inputs: [x], weights: { scale, calls }, training, write }) => {
    if (training) write('calls', add(calls, 1));
    return add(mul(x!, scale), calls);
  },
});
/** Gives its own input back. */
const nothing = defineLayer({ name: 'NothingForTests', options: {}, call: ({ inputs: [x] }) => x! });

describe('defineLayer', () => {
  const values = (result: Tensor | Tensor[]) => Array.from((result as Tensor).dataSync());

  it('makes a layer with weights, some of which it changes itself', () => {
    const layer = counting({ start: 3 });
    const x = tensor([[1, 2]]);
    const seen = tidy(() => [false, true, true].map((training) => values(layer.apply(x, { training }) as Tensor)));
    // 3 x, then with the count before each call in training: 0, 0, 1.
    expect(seen).toEqual([
      [3, 6],
      [3, 6],
      [4, 7],
    ]);
    expect([layer.trainableWeights.length, layer.nonTrainableWeights.length]).toEqual([1, 1]);
    layer.dispose();
    x.dispose();
  });

  it('leaves nothing behind, and hands out no tensor that is not its own', () => {
    const model = sequential({ layers: [layers.inputLayer({ inputShape: [2] }), counting({ start: 1 }), nothing()] });
    const x = ones([4, 2]);
    const before = memory().numTensors;
    const result = model.predict(x) as Tensor;
    expect(memory().numTensors).toBe(before + 1);
    result.dispose();
    const own = nothing().apply(x) as Tensor;
    expect(own).not.toBe(x);
    own.dispose();
    expect(x.isDisposed).toBe(false);
    x.dispose();
    model.dispose();
  });

  it('comes back from a saved model with its options, once it is registered', async () => {
    serialization.registerClass(counting.layerClass);
    const model = sequential({ layers: [counting({ start: 5, name: 'five', inputShape: [2] } as { start: number })] });
    const copy = await models.modelFromJSON({ modelTopology: model.toJSON(null, false) } as never);
    expect(copy.getLayer('five').getConfig()).toMatchObject({ name: 'five', start: 5 });
    const x = ones([1, 2]);
    expect(tidy(() => values(copy.predict(x)))).toEqual([5, 5]);
    x.dispose();
  });

  it('refuses options that are unknown, missing or of another kind', () => {
    const made = counting as (options: object) => unknown;
    expect(() => made({ start: 1, stop: 2 })).toThrow(/^CountingForTests has no option 'stop'; it takes start, name, /);
    expect(() => made({})).toThrow(new TypeError('start must be a finite number, but is undefined'));
    expect(() => made({ start: '1' })).toThrow(new TypeError("start must be a finite number, but is '1'"));
  });
});
