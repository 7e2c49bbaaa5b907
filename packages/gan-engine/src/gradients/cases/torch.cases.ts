import { batchNormTraining } from '@gan/tfjs-backend-torch';
import { layers } from '@tensorflow/tfjs-layers';
import { kernel } from '../../kernels/call.js';
import { type OpCase, op, without } from './case.cases.js';
import { moving } from './convolutions.cases.js';

/**
 * What the libtorch backend adds: convolutions in groups, and its fused kernel for batches; those of activations serve
 * their ops.
 */
export const torchCases: readonly OpCase[] = without(
  ['cpu', 'wasm', 'tfjs-node', 'webgpu'],
  [
    op('convolution in groups', (random) => {
      const { size, window, strides, dilations, pad, rounding } = moving(random);
      const [batch, groups, channels, filters] = random.sizes(4, 3) as [number, number, number, number];
      const bias = random.chance(0.5) ? [random.input([groups * filters])] : [];
      const how = { strides, dilations, pad, dataFormat: 'NHWC', ...(rounding && { dimRoundingMode: rounding }) };
      return {
        inputs: [
          random.input([batch, ...size, groups * channels]),
          random.input([...window, channels, groups * filters]),
          ...bias,
        ],
        op: (x, filter, offset) => {
          const inputs = { x: x!, filter: filter!, ...(offset && { bias: offset }) };
          return kernel('GroupedConv2D', inputs, how);
        },
      };
    }),
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
