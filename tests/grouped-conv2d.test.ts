import { groupedConv2d } from '@gan/architectures';
import { gradients, layersNetwork, networkCost, random } from '@gan/core';
import { add, conv2d, mul, square, sum, type Tensor, type Tensor4D, tensor, tile } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { engines, expectClose, type GoldenEngine, inScopesOn, numbers } from './engines.fixture.js';

/** Convolutions in groups on every engine, beside plain ones whose filters are zero from one group to another. */

const wasm: GoldenEngine = { title: 'wasm', options: { use: 'wasm' }, tolerance: 1e-5, there: true };

/** Ones where a channel and a filter are of one group, zeros elsewhere. */
const blocks = (channels: number, filters: number, groups: number): Tensor =>
  tensor(
    Array.from({ length: channels * filters }, (_, i) => {
      const [channel, filter] = [Math.floor(i / filters), i % filters];
      return Math.floor((channel * groups) / channels) === Math.floor((filter * groups) / filters) ? 1 : 0;
    }),
    [1, 1, channels, filters],
  );

for (const { title, options, tolerance, there } of [...engines, wasm])
  describe.skipIf(!there)(`convolutions in groups on ${title}`, () => {
    inScopesOn(options);

    it.each([
      { channels: 6, filters: 4, groups: 2, kernelSize: 3, strides: 1, padding: 'same' },
      { channels: 6, filters: 9, groups: 3, kernelSize: 2, strides: 2, padding: 'valid' },
      { channels: 3, filters: 6, groups: 3, kernelSize: 3, strides: 1, padding: 'same' },
      { channels: 3, filters: 2, groups: 1, kernelSize: 3, strides: 2, padding: 'same' },
    ] as const)('are plain ones by blocks, with their gradients and those of a penalty: %o', ({ channels, ...how }) => {
      const { filters, groups, kernelSize, strides, padding } = how;
      const stream = random(1);
      const layer = groupedConv2d(how);
      const x = stream.normal([2, 5, 4, channels]);
      layer.apply(x);
      const [kernel, bias] = [
        stream.normal([kernelSize, kernelSize, channels / groups, filters]),
        stream.normal([filters]),
      ];
      layer.setWeights([kernel, bias]);
      const owned = layer.weights.map((weight) => (weight as unknown as { readonly val: Tensor }).val);
      const mask = blocks(channels, filters, groups);
      const inGroups = () => layer.apply(x) as Tensor;
      const plain = () =>
        add(conv2d(x as Tensor4D, mul(tile(kernel, [1, 1, groups, 1]), mask) as Tensor4D, strides, padding), bias);
      const outcome = (y: () => Tensor, at: readonly Tensor[]): Tensor[] => {
        const score = () => sum(mul(square(y()), y()));
        const penalty = () => sum(square(gradients(score, [x]).gradients[0]!));
        return [
          y(),
          ...gradients(score, [x, ...at]).gradients,
          ...gradients(penalty, [x, ...at]).gradients,
        ] as Tensor[];
      };
      const wanted = outcome(plain, [kernel, bias]);
      for (const [i, found] of outcome(inGroups, owned).entries()) {
        expect(found.shape).toEqual(wanted[i]!.shape);
        expectClose(numbers(found), numbers(wanted[i]!), tolerance);
      }
      layer.dispose();
    });
  });

describe('what convolutions in groups cost', () => {
  for (const { title, options, there } of [...engines, wasm])
    describe.skipIf(!there)(title, () => {
      inScopesOn(options);

      // 4 x 4 places, 5 filters for each of the groups: 3 x 3 products of each of a group's channels.
      it.each([
        [6, 2, 16 * 10 * 9 * 3],
        [6, 6, 16 * 30 * 9],
      ])('%i channels in %i groups', async (channels, groups, multiplyAdds) => {
        const sample = [4, 4, channels];
        const network = layersNetwork({
          inputs: { sample },
          outputs: { features: 'features' },
          model: () =>
            sequential({
              layers: [
                layers.inputLayer({ inputShape: sample }),
                groupedConv2d({ filters: 5 * groups, kernelSize: 3, groups }),
              ],
            }),
        });
        const parameters = 9 * channels * 5 + 5 * groups;
        expect(await networkCost(network)).toEqual({ parameters, state: 0, multiplyAdds });
      });
    });
});
