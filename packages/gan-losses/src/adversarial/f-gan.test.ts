import { sub, type Tensor, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, number, numbers, roundOfScores } from '../round.fixture.js';
import {
  type Divergence,
  jensenShannon,
  kullbackLeibler,
  pearson,
  reverseKullbackLeibler,
  squaredHellinger,
  totalVariationDistance,
} from './divergences.js';
import { fGan } from './f-gan.js';

const { log, sqrt, abs, LN2 } = Math;
/** f, the score v at which g(v) = f'(u), and whether that is finite. */
const divergences: readonly (readonly [Divergence, (u: number) => number, (u: number) => number])[] = [
  [kullbackLeibler, (u) => u * log(u), (u) => log(u) + 1],
  // f' = -1 / u = -exp(-v)
  [reverseKullbackLeibler, (u) => -log(u), (u) => log(u)],
  [pearson, (u) => (u - 1) ** 2, (u) => 2 * (u - 1)],
  // f' = 1 - 1 / sqrt u = 1 - exp(-v)
  [squaredHellinger, (u) => (sqrt(u) - 1) ** 2, (u) => log(u) / 2],
  // f' = log(2 u / (u + 1)) = log 2 - log(1 + exp(-v))
  [jensenShannon, (u) => u * log(u) - (u + 1) * log((u + 1) / 2), (u) => log(u)],
  // f' = sign(u - 1) / 2 = tanh(v) / 2 at an infinite v
  [totalVariationDistance, (u) => abs(u - 1) / 2, (u) => 40 * Math.sign(u - 1)],
];

/** Two densities over four places. */
const p = [0.5, 0.25, 0.15, 0.1];
const q = [0.1, 0.3, 0.2, 0.4];

/** The mean over p of g(v) less that over q of f*(g(v)), of a critic with one score for each place. */
const bound = ({ real, fake }: Divergence, scores: Tensor): number => {
  const [gs, conjugates] = [numbers(real(scores)), numbers(fake(scores))];
  return gs.reduce((sum, g, i) => sum + p[i]! * g - q[i]! * conjugates[i]!, 0);
};

describe.each(divergences.map((row) => [row[0].name, ...row] as const))(
  'the divergence %s',
  (_, divergence, f, best) => {
    inScopes();

    it("is what the critic's bound reaches at its best, and is below elsewhere", () => {
      const scores = tensor1d(p.map((of, i) => best(of / q[i]!)));
      const whole = p.reduce((sum, of, i) => sum + q[i]! * f(of / q[i]!), 0);
      expect(bound(divergence, scores)).toBeCloseTo(whole, 5);
      for (const off of [
        [0.1, 0, 0, 0],
        [0, -0.3, 0, 0.2],
        [-1, 1, -1, 1],
      ])
        expect(bound(divergence, sub(scores, tensor1d(off)))).toBeLessThan(whole + 1e-6);
    });

    it('is 0 between equals, for a critic that knows it', () => {
      const even = tensor2d([[divergence === totalVariationDistance ? 0 : best(1)]]);
      expect(number(fGan({ divergence }).discriminator!(roundOfScores(even, even)))).toBeCloseTo(0, 6);
    });

    it('makes scores rise with how real a sample is', () => {
      const [real, fake] = [tensor2d([[0.3]]), tensor2d([[-0.2]])];
      const slopes = (side: 'discriminator' | 'generator') =>
        gradientsOf(() => fGan({ divergence })[side]!(roundOfScores(real, fake)), [real, fake]).flatMap(numbers);
      const [ofReal, ofFake] = slopes('discriminator');
      expect(ofReal).toBeLessThan(0);
      expect(ofFake).toBeGreaterThan(0);
      // A zero-sum game in the fakes.
      expect(slopes('generator')[1]).toBe(-ofFake!);
    });
  },
);

describe('fGan', () => {
  inScopes();

  it('lets the generator off where it is seen through, unless it is non-saturating', () => {
    const fake = tensor2d([[-20]]);
    const slope = (generator: 'minimax' | 'non-saturating') =>
      gradientsOf(
        () => fGan({ divergence: kullbackLeibler, generator }).generator!(roundOfScores(fake, fake)),
        [fake],
      ).flatMap(numbers)[0]!;
    // -exp(v - 1) and -1
    expect(Math.abs(slope('minimax'))).toBeLessThan(1e-8);
    expect(slope('non-saturating')).toBe(-1);
  });

  it('is at most log 2 twice over, for Jensen and Shannon', () => {
    const round = roundOfScores(tensor2d([[50]]), tensor2d([[-50]]));
    expect(number(fGan({ divergence: jensenShannon }).discriminator!(round))).toBeCloseTo(-2 * LN2, 5);
  });

  it('takes a divergence of your own', () => {
    const own: Divergence = { name: 'own', real: (score) => score, fake: (score) => sub(score, 2) };
    const { name, discriminator } = fGan({ divergence: own });
    expect(name).toBe('f-gan-own');
    expect(number(discriminator!(roundOfScores(tensor2d([[3]]), tensor2d([[1]]))))).toBe(-1 - 3);
  });

  it('refuses what is none, and a generator it does not know', () => {
    // @ts-expect-error a name is no divergence
    expect(() => fGan({ divergence: 'pearson' })).toThrow(
      new TypeError("divergence must be a divergence, as kullbackLeibler, but is 'pearson'"),
    );
    // @ts-expect-error no such generator
    expect(() => fGan({ divergence: pearson, generator: 'hinge' })).toThrow(
      new TypeError("generator must be one of 'minimax', 'non-saturating', but is 'hinge'"),
    );
  });
});
