import { layersNetwork, random } from '@gan/core';
import { checkNetwork } from '@gan/core/testing';
import { range, reshape, type Tensor, tensor, zeros } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { dcganDiscriminator, mlpDiscriminator } from '../index.js';
import { stack } from '../judge-layers.fixture.js';
import { inScopes, withWeights } from '../network.fixture.js';
import { packed } from './packed.js';

/** What the judge inside is given. */
function seen(sample: Tensor, size: number, training: boolean): { shape: number[]; values: number[] } {
  const shape = [...sample.shape.slice(1, -1), sample.shape.at(-1)! * size];
  const judge = packed(
    stack(shape, () => [layers.activation({ activation: 'linear' })]),
    { size },
  );
  return withWeights(judge, (weights) => {
    const { outputs } = judge.apply(weights, { sample }, { training, random: random(1) });
    const out = outputs['features']!;
    return { shape: out.shape, values: Array.from(out.dataSync()) };
  });
}

describe('packed', () => {
  inScopes();

  it('of 1 is the judge itself', () => {
    const judge = mlpDiscriminator({ sample: [2] });
    expect(packed(judge, { size: 1 })).toBe(judge);
  });

  it('puts samples that follow each other side by side in their channels', () => {
    expect(
      seen(
        tensor([
          [1, 2],
          [3, 4],
          [5, 6],
          [7, 8],
        ]),
        2,
        true,
      ),
    ).toEqual({
      shape: [2, 4],
      values: [1, 2, 3, 4, 5, 6, 7, 8],
    });
    // Two pictures of 1x2 pixels with one channel, 0 1 and 2 3, become one with the channels (0, 2) and (1, 3).
    expect(seen(reshape(range(0, 4), [2, 1, 2, 1]), 2, true)).toEqual({ shape: [1, 1, 2, 2], values: [0, 2, 1, 3] });
  });

  it('judges a sample in a pack of copies in inference', () => {
    expect(
      seen(
        tensor([
          [1, 2],
          [3, 4],
        ]),
        2,
        false,
      ),
    ).toEqual({ shape: [2, 4], values: [1, 2, 1, 2, 3, 4, 3, 4] });
  });

  it('takes samples of a share of the channels', () => {
    expect(packed(dcganDiscriminator({ sample: [8, 8, 6] }), { size: 3 }).inputs).toEqual({ sample: [8, 8, 2] });
  });

  it('refuses a batch that does not divide into packs, and judges that are not of packs', () => {
    expect(() => seen(zeros([5, 2]), 2, true)).toThrow(
      new TypeError("a batch of 5 does not divide into packs of 2, as which 'sample' is judged"),
    );
    expect(() => packed(dcganDiscriminator({ sample: [8, 8, 3] }), { size: 2 })).toThrow(
      new TypeError(
        "a judge of packs of 2 takes each input 2 times, along its last axis, but its 'sample' is [8, 8, 3]",
      ),
    );
    expect(() => packed(mlpDiscriminator({ sample: [4], classes: 10 }), { size: 2 })).toThrow(
      "but its 'classes' is 10",
    );
    expect(() => packed(mlpDiscriminator({ sample: [4] }), { size: 0 })).toThrow(
      new TypeError('size must be a whole number of at least 1, but is 0'),
    );
  });

  it('keeps the contract of a network, one output being about a pack', async () => {
    await checkNetwork(packed(mlpDiscriminator({ sample: [4], units: 4 }), { size: 2 }), { pack: 2 });
    const patches = layersNetwork({
      inputs: { sample: [4, 4, 6] },
      outputs: { score: 'linear' },
      model: () => sequential({ layers: [layers.conv2d({ filters: 1, kernelSize: 2, inputShape: [4, 4, 6] })] }),
    });
    await checkNetwork(packed(patches, { size: 3 }), { pack: 3 });
  });
});
