import type { Tensors } from '@gan/core';
import { add, matMul, reshape, sigmoid, square, type Tensor, type Tensor2D, tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import golden from './golden/terms.json' with { type: 'json' };
import {
  gradientPenalty,
  hinge,
  l1,
  leastSquares,
  minimax,
  nonSaturating,
  r1,
  relativistic,
  wasserstein,
} from './index.js';
import {
  difference,
  expectClose,
  gradientsOf,
  inScopes,
  type Judge,
  number,
  numbers,
  roundOf,
} from './round.fixture.js';

/** (x w + b)^2 v + c, as in tools/goldens/losses.py. */
const quadratic: Judge = ({ sample }, { w, b, v, c }) =>
  add(matMul(square(add(matMul(reshape(sample!, [-1, 6]), w! as Tensor2D), b!)), v! as Tensor2D), c!);
const probable: Judge = (inputs, parameters) => sigmoid(quadratic(inputs, parameters));

const terms = {
  nonSaturating: nonSaturating(),
  minimax: minimax(),
  hinge: hinge(),
  wasserstein: wasserstein(),
  leastSquares: leastSquares(),
  leastSquaresPearson: leastSquares({ real: 1, fake: -1, generator: 0 }),
  relativistic: relativistic(),
  r1: r1({ gamma: 0.375 }),
  gradientPenalty: gradientPenalty({ weight: 10 }),
  l1: l1(),
} as const;
type Name = keyof typeof terms;
const names = Object.keys(terms) as Name[];
const expected: Record<string, { discriminator?: Judged; generator?: { value: number; gradient: number[] } }> =
  golden.terms;
interface Judged {
  readonly value: number;
  readonly gradients: Readonly<Record<string, number[]>>;
}

const shape = [5, 2, 3];
const parametersNow = (): Tensors =>
  Object.fromEntries(
    Object.entries(golden.parameters).map(([name, { shape, values }]) => [name, tensor(values, shape)]),
  );

/** One side of a term as a function of the judge's parameters and the fakes. */
function sideOf(name: Name, side: 'discriminator' | 'generator') {
  return (parameters: Tensors, fake: Tensor): Tensor => {
    const real = tensor(golden.real, shape);
    const judge = name === 'minimax' ? probable : quadratic;
    const samples = { real: { sample: real }, fake: { sample: fake }, left: fake, right: real };
    return terms[name][side]!(roundOf({ judge, parameters, ...samples, share: tensor(golden.share) }));
  };
}

const sides = names.flatMap((name) =>
  (['discriminator', 'generator'] as const).filter((side) => terms[name][side]).map((side) => [name, side] as const),
);

describe('every term', () => {
  inScopes();

  it('has a golden value for each of its sides', () => {
    expect(sides.map(([name, side]) => `${name} ${side}`).sort()).toEqual(
      Object.entries(expected)
        .flatMap(([name, of]) => Object.keys(of).map((side) => `${name} ${side}`))
        .sort(),
    );
  });

  it.each(sides)("%s, %s: value and gradient are those of PyTorch's autograd in float64", (name, side) => {
    const [parameters, fake, value] = [parametersNow(), tensor(golden.fake, shape), sideOf(name, side)];
    if (side === 'discriminator') {
      const { value: wanted, gradients } = expected[name]!.discriminator!;
      expectClose([number(value(parameters, fake))], [wanted], 1e-5);
      const slopes = gradientsOf(() => value(parameters, fake), Object.values(parameters));
      for (const [i, key] of Object.keys(parameters).entries()) expectClose(numbers(slopes[i]!), gradients[key]!, 1e-5);
    } else {
      const { value: wanted, gradient } = expected[name]!.generator!;
      expectClose([number(value(parameters, fake))], [wanted], 1e-5);
      expectClose(numbers(gradientsOf(() => value(parameters, fake), [fake])[0]!), gradient, 1e-5);
    }
  });

  it.each(sides)('%s, %s: the gradient agrees with finite differences', (name, side) => {
    const [parameters, fake, value] = [parametersNow(), tensor(golden.fake, shape), sideOf(name, side)];
    const of = (moved: Tensor) =>
      side === 'generator' ? value(parameters, moved) : value({ ...parameters, w: moved }, fake);
    const at = side === 'generator' ? fake : parameters['w']!;
    const [slope] = gradientsOf(() => of(at), [at]).map(numbers);
    const differences = slope!.map((_, i) => tidy(() => difference(of, at, i, 1 / 128)));
    // A central difference over 2h = 1/64 in float32: its error is of the order of h^2 and of 1e-7 / h.
    expectClose(differences, slope!, 3e-3);
  });
});
