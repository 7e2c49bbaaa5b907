import { random } from '@gan/core';
import { checkNetwork } from '@gan/core/testing';
import { concat, mul, reshape, tensor, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { inScopes, outputShapes, parameters, withWeights } from '../network.fixture.js';
import { dcganDiscriminator } from '../networks/dcgan/dcgan-discriminator.js';
import { mlpDiscriminator } from '../networks/mlp/mlp-discriminator.js';
import { patchDiscriminator } from '../networks/patch/patch-discriminator.js';
import { atScale } from './at-scale.js';
import { jury } from './jury.js';

const mode = { training: true, random: random(2) };
const [deep, wide] = [
  mlpDiscriminator({ sample: [3], units: 4, layers: 3 }),
  mlpDiscriminator({ sample: [3], units: 8 }),
];

describe('jury', () => {
  inScopes();

  it('gives the heads of all judges under their names', () => {
    const both = jury({ deep, wide: mlpDiscriminator({ sample: [3], head: 'sigmoid', classes: 2 }) });
    expectTypeOf(both.outputs['deep.score']).toEqualTypeOf<'linear'>();
    expectTypeOf(both.outputs['wide.score']).toEqualTypeOf<'sigmoid'>();
    expect(both.inputs).toEqual({ sample: [3], classes: 2 });
    expect(both.outputs).toEqual({
      'deep.score': 'linear',
      'deep.features': 'features',
      'wide.score': 'sigmoid',
      'wide.features': 'features',
    });
  });

  it('says what the judges say, each with weights of its own', () => {
    const both = jury({ deep, wide });
    expect(parameters(both)).toBe(parameters(deep) + parameters(wide));
    const sample = tensor([1, -2, 3, 0, 1, 2], [2, 3]);
    const twins = jury({ one: wide, other: wide });
    withWeights(twins, (weights) => {
      const { outputs } = twins.apply(weights, { sample }, mode);
      const own = (name: string) =>
        Object.fromEntries(
          Object.entries(weights.parameters).flatMap(([key, value]) =>
            key.startsWith(`${name}/`) ? [[key.slice(name.length + 1), value]] : [],
          ),
        );
      const alone = (name: string) => wide.apply({ parameters: own(name), state: {} }, { sample }, mode).outputs.score;
      expect(outputs['one.score'].dataSync()).toEqual(alone('one').dataSync());
      expect(outputs['other.score'].dataSync()).toEqual(alone('other').dataSync());
      expect(outputs['one.score'].dataSync()).not.toEqual(outputs['other.score'].dataSync());
    });
  });

  it('keeps the contract of a network, with judges of patches at two scales', async () => {
    const fine = patchDiscriminator({ sample: [24, 24, 1], filters: 2, layers: 2 });
    const coarse = patchDiscriminator({ sample: [12, 12, 1], filters: 2, layers: 1 });
    const scales = jury({ fine, coarse: atScale(coarse, { sample: [24, 24, 1] }) });
    // 24 -> 12 -> 6 -> 5 -> 4, and 12 -> 6 -> 5 -> 4.
    expect(outputShapes(scales)).toMatchObject({ 'fine.score': [2, 4, 4, 1], 'coarse.score': [2, 4, 4, 1] });
    await checkNetwork(scales);
  });

  it('refuses no judges, and judges that see different things by one name', () => {
    expect(() => jury({})).toThrow(
      new TypeError('a jury has a judge at least, as in { fine: patchDiscriminator({ ... }) }'),
    );
    expect(() => jury({ deep, flat: mlpDiscriminator({ sample: [2] }) })).toThrow(
      new TypeError("the judges take 'sample' as [3], but 'flat' as [2]"),
    );
  });
});

describe('atScale', () => {
  inScopes();

  it('shows a judge the means of squares', () => {
    const small = dcganDiscriminator({ sample: [4, 4, 1], filters: 2 });
    const judge = atScale(small, { sample: [8, 8, 1] });
    expect(judge.inputs).toEqual({ sample: [8, 8, 1] });
    const seen = tensor(
      Float32Array.from({ length: 16 }, (_, i) => Math.sin(i)),
      [1, 4, 4, 1],
    );
    // Each place four times: beside itself, and twice what it is beside nothing.
    const across = reshape(concat([seen, seen], 3), [1, 4, 8, 1]);
    const sample = reshape(concat([mul(across, 2), zeros([1, 4, 8, 1])], 2), [1, 8, 8, 1]);
    withWeights(small, (weights) => {
      const [found, wanted] = [judge.apply(weights, { sample }, mode), small.apply(weights, { sample: seen }, mode)];
      expect(found.outputs.score.dataSync()[0]).toBeCloseTo(wanted.outputs.score.dataSync()[0]!, 6);
    });
  });

  it('refuses shapes that do not come down to what the judge sees', () => {
    const judge = dcganDiscriminator({ sample: [4, 4, 1], filters: 2 });
    for (const sample of [
      [6, 6, 1],
      [8, 4, 1],
      [8, 8, 2],
      [8, 8],
    ])
      expect(() => atScale(judge, { sample })).toThrow(
        /^the judge sees \[4, 4, 1\], which \[8?6?, .*\] does not come down/,
      );
  });
});
