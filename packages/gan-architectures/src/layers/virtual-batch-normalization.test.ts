import { layersNetwork, random } from '@gan/core';
import { checkNetwork } from '@gan/core/testing';
import { ones, slice, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { stack } from '../judge-layers.fixture.js';
import { inScopes, withWeights } from '../network.fixture.js';
import { withReferenceBatch } from '../wrappers/with-reference-batch.js';
import { virtualBatchNormalization } from './virtual-batch-normalization.js';

const network = (size: number) =>
  withReferenceBatch(
    stack([2], () => [virtualBatchNormalization()]),
    { size },
  );
const mode = (training: boolean) => ({ training, random: random(1) });
const read = (of: Tensor) => Array.from(of.dataSync());

describe('virtualBatchNormalization in a network with a reference batch', () => {
  inScopes();

  it('takes the first batch in training for its reference, and keeps it', () => {
    const net = network(2);
    withWeights(net, (weights) => {
      const [first, second] = [
        tensor([
          [1, 2],
          [3, 4],
          [5, 6],
        ]),
        tensor([
          [7, 8],
          [9, 10],
        ]),
      ];
      const one = { ...weights, state: net.apply(weights, { sample: first }, mode(true)).state };
      expect(read(one.state['reference/sample']!)).toEqual([1, 2, 3, 4]);
      const two = net.apply(one, { sample: second }, mode(true)).state;
      expect(read(two['reference/sample']!)).toEqual([1, 2, 3, 4]);
    });
  });

  it('fills a reference larger than the batch by repeating it', () => {
    const net = network(3);
    withWeights(net, (weights) => {
      const { state } = net.apply(
        weights,
        {
          sample: tensor([
            [1, 2],
            [3, 4],
          ]),
        },
        mode(true),
      );
      expect(read(state['reference/sample']!)).toEqual([1, 2, 3, 4, 1, 2]);
    });
  });

  it('does not let a sample depend on the others of its batch, in training either', () => {
    const net = network(2);
    withWeights(net, (weights) => {
      const batch = tensor([
        [1, 2],
        [3, -4],
        [5, 6],
      ]);
      const { state } = net.apply(weights, { sample: batch }, mode(true));
      const of = (sample: Tensor) => net.apply({ ...weights, state }, { sample }, mode(true)).outputs['features']!;
      const [among, alone] = [slice(of(batch), 2), of(slice(batch, 2))].map(read);
      for (const [i, value] of among!.entries()) expect(value).toBeCloseTo(alone![i]!, 6);
    });
  });

  it('normalises a sample by the reference and itself', () => {
    const net = network(2);
    withWeights(net, (weights) => {
      const state = {
        ...weights.state,
        'reference/sample': tensor([
          [0, 0],
          [3, 0],
        ]),
      };
      const { outputs } = net.apply({ ...weights, state }, { sample: tensor([[6, 3]]) }, mode(false));
      // of 0, 3, 6: mean 3, variance 6; of 0, 0, 3: mean 1, variance 2
      const wanted = [3 / Math.sqrt(6), 2 / Math.sqrt(2)];
      for (const [i, value] of read(outputs['features']!).entries()) expect(value).toBeCloseTo(wanted[i]!, 4);
    });
  });

  it('sends the reference through the layers before it, with the weights of the moment', () => {
    const net = withReferenceBatch(
      layersNetwork({
        inputs: { sample: [1] },
        outputs: { features: 'features' },
        model: () => sequential({ layers: [layers.dense({ units: 1, inputShape: [1] }), virtualBatchNormalization()] }),
      }),
      { size: 2 },
    );
    withWeights(net, ({ parameters, state: fresh }) => {
      const state = { ...fresh, 'reference/sample': tensor([[0], [3]]) };
      const of = (w: number, b: number) =>
        net.apply(
          { parameters: { ...parameters, '0/kernel': tensor([[w]]), '1/bias': tensor([b]) }, state },
          { sample: tensor([[6]]) },
          mode(false),
        ).outputs.features;
      // Normalised, an affine map makes no difference: 3 / sqrt(6) either way.
      for (const out of [of(1, 0), of(10, 7)]) expect(read(out)[0]).toBeCloseTo(3 / Math.sqrt(6), 4);
    });
  });

  it('refuses to work without a reference batch', () => {
    const bare = stack([2], () => [virtualBatchNormalization()]);
    withWeights(bare, (weights) => {
      expect(() => bare.apply(weights, { sample: ones([2, 2]) }, mode(true))).toThrow(
        new TypeError(
          'virtual batch norm has no reference batch: give the network to withReferenceBatch, as in withReferenceBatch(network, { size: 64 })',
        ),
      );
    });
    expect(() => virtualBatchNormalization({ epsilon: 0 })).toThrow(
      new TypeError('epsilon must be a positive finite number, but is 0'),
    );
    expect(() => network(0)).toThrow(new TypeError('size must be a whole number of at least 1, but is 0'));
  });

  it('keeps the contract of a network, of points, of maps and of points with classes', async () => {
    await checkNetwork(network(2));
    await checkNetwork(
      withReferenceBatch(
        stack([2, 2, 3], () => [virtualBatchNormalization()]),
        { size: 4 },
      ),
    );
    const labelled = layersNetwork({
      inputs: { classes: 3 },
      outputs: { sample: [2] },
      model: () => sequential({ layers: [layers.dense({ units: 2, inputShape: [3] }), virtualBatchNormalization()] }),
    });
    await checkNetwork(withReferenceBatch(labelled, { size: 4 }));
  });
});
