import { batchNormTraining } from '@gan/tfjs-backend-torch';
import { layers } from '@tensorflow/tfjs-layers';
import { type OpCase, op, without } from './case.cases.js';

/** What the libtorch backend adds: its fused kernel for batches; those of activations serve their ops. */
export const torchCases: readonly OpCase[] = without(
  ['cpu', 'wasm'],
  [
    op('batchNormTraining', (random) => {
      const shape = random.sizes(random.whole(2, 4), 3).with(0, random.whole(2, 4));
      const epsilon = random.uniform(0.001, 0.1);
      return {
        inputs: [random.input(shape), random.input([shape.at(-1)!]), random.input([shape.at(-1)!])],
        op: (x, scale, offset) => batchNormTraining(x!, scale!, offset!, epsilon).y,
      };
    }),
  ],
);

/** Layers as they train, on every engine. */
export const layerCases: readonly OpCase[] = [
  op('layers.batchNormalization, training', (random) => {
    const shape = random.sizes(random.whole(2, 4), 3).with(0, random.whole(2, 4));
    const epsilon = random.uniform(0.01, 0.1);
    return {
      inputs: [random.input(shape)],
      op: (x) => {
        const layer = layers.batchNormalization({ epsilon });
        const y = layer.apply(x!, { training: true });
        layer.dispose();
        return y as typeof x & object;
      },
    };
  }),
];
