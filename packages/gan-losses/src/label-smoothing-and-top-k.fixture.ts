import type { Side, Tensors } from '@gan/core';
import { sigmoid, type Tensor, tensor } from '@tensorflow/tfjs-core';
import golden from './golden/label-smoothing-and-top-k.json' with { type: 'json' };
import { hinge, minimax, nonSaturating, relativistic, topK } from './index.js';
import { roundOf } from './round.fixture.js';

const { smoothing } = golden;
/** 5 and 4 of 8, from the first step on. */
const [five, four] = [
  { period: 1, decay: 0, least: 0.6 },
  { period: 1, decay: 0 },
];

const cases: Readonly<Record<keyof typeof golden.cases, Side<{ score: 'linear' }, 'real' | 'fake'>>> = {
  nonSaturating: nonSaturating({ smoothing }).discriminator!,
  minimax: minimax({ smoothing }).discriminator! as never,
  topHinge: topK(five, hinge()).generator!,
  topNonSaturating: topK(four, nonSaturating()).generator!,
  topRelativistic: topK(five, relativistic()).generator!,
};

export const scoreCases = Object.keys(cases) as (keyof typeof cases)[];
export const scoreGoldens = golden.cases;

/** A side as a function of real and fake scores (logits, of `minimax`), and where its golden values were taken. */
export function scoreCase(name: keyof typeof cases): {
  readonly of: (real: Tensor, fake: Tensor) => Tensor;
  readonly at: readonly [real: Tensor, fake: Tensor];
} {
  const judge = ({ sample }: Tensors) => (name === 'minimax' ? sigmoid(sample!) : sample!);
  const of = (real: Tensor, fake: Tensor) =>
    cases[name](roundOf({ judge, real: { sample: real }, fake: { sample: fake }, step: 1 }));
  return { of, at: [tensor(golden.real, [8, 1]), tensor(golden.fake, [8, 1])] };
}
