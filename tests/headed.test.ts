import { dcganDiscriminator, withHeads } from '@gan/architectures';
import { gradients, type Network, networkCost, random } from '@gan/core';
import { add, logSumExp, square, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { engines, inScopesOn } from './engines.fixture.js';
import golden from './golden/headed.json' with { type: 'json' };
import { expectStored, pictures, type Stored, storedWeights, type Table } from './stored.fixture.js';

/** Judges with heads, with the weights of torchgan's (tools/goldens/headed.py). */

interface Case {
  readonly parameters: Table;
  readonly heads: Table;
  readonly slope: Stored;
  readonly penalty: number;
  readonly penaltySlope: Stored;
}
const cases = golden.cases as unknown as Readonly<Record<keyof typeof golden.cases, Case>>;

const trunk = dcganDiscriminator({ sample: [32, 32, 1], filters: 2 });
const networks: Readonly<Record<keyof typeof cases, Network>> = {
  ACGAN: withHeads(trunk, { heads: { class: 5 } }),
  InfoGAN: withHeads(trunk, { heads: { category: 4, code: [4] }, hidden: 8 }),
};
const mode = { training: true, random: random(2) };

for (const { title, options, tolerance, there } of engines)
  describe.skipIf(!there)(`judges with heads of torchgan's weights on ${title}`, () => {
    inScopesOn(options);
    // Norms over three pictures enlarge rounding: of the order that TensorFlow adds in they make 3e-4.
    const rounding = title.endsWith('float64') ? 1e-6 : title === 'tfjs-node' ? 1e-3 : 1e-4;
    const within = Math.max(tolerance, rounding);

    it.each(Object.keys(networks) as (keyof typeof cases)[])(
      '%s: the same heads, and slopes to second order',
      (name) => {
        const network = networks[name];
        const wanted = cases[name];
        const weights = storedWeights(network, wanted);
        const sample = pictures([3, 32, 32, 1]);
        const said = (head: string): Tensor => {
          const found = network.apply(weights, { sample }, mode).outputs[head]!;
          return head === 'category' ? sub(found, logSumExp(found, 1, true)) : found;
        };
        const heads = Object.keys(wanted.heads);
        for (const head of heads) expectStored(said(head), wanted.heads[head]!, within);
        const slope = () =>
          gradients(() => heads.map((head) => sum(square(said(head)))).reduce((all, one) => add(all, one)), [sample])
            .gradients[0]!;
        expectStored(slope(), wanted.slope, within, golden.stride);
        const { value, gradients: slopes } = gradients(
          () => sum(square(slope())),
          [weights.parameters['map16/kernel']!],
        );
        expect(Math.abs(value.dataSync()[0]! / wanted.penalty - 1)).toBeLessThan(within);
        expectStored(slopes[0]!, wanted.penaltySlope, within);
      },
    );
  });

describe('judges with heads', () => {
  it('have as many parameters as torchgan’s at their sizes, but for biases that those have not', async () => {
    const judge = dcganDiscriminator({ sample: [32, 32, 3] });
    const acgan = await networkCost(withHeads(judge, { heads: { class: 10 } }));
    const infogan = await networkCost(withHeads(judge, { heads: { category: 10, code: [4] }, hidden: 256 }));
    expect(acgan.parameters - 1 - 10).toBe(golden.parameters.ACGAN);
    expect(infogan.parameters - 1).toBe(golden.parameters.InfoGAN);
  });
});
