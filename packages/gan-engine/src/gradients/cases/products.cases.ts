import * as tf from '@tensorflow/tfjs-core';
import { as1, as2, type OpCase, op } from './case.cases.js';
import type { Random } from './random.cases.js';

/** Matrices that may be multiplied, each perhaps the other way up, in batches that broadcast. */
const matrices = (random: Random, batch: readonly number[] = []) => {
  const [rows, inner, columns] = random.sizes(3) as [number, number, number];
  const [transposeA, transposeB] = [random.chance(0.5), random.chance(0.5)];
  // tfjs's cpu backend repeats batches all or none.
  const of = (down: number, across: number, turned: boolean) => [
    ...(random.chance(0.2) ? batch.map(() => 1) : batch),
    ...(turned ? [across, down] : [down, across]),
  ];
  return {
    a: random.input(of(rows, inner, transposeA)),
    b: random.input(of(inner, columns, transposeB)),
    columns,
    transposeA,
    transposeB,
  };
};

const equations = [
  ['ij,jk->ik', 'ij', 'jk'],
  ['ij,kj->ik', 'ij', 'kj'],
  ['bij,bjk->bik', 'bij', 'bjk'],
  ['bhid,bhjd->bhij', 'bhid', 'bhjd'],
  ['ij,j->i', 'ij', 'j'],
  ['i,j->ij', 'i', 'j'],
  ['ij,ij->', 'ij', 'ij'],
  ['ijk->k', 'ijk'],
  ['ijk->ki', 'ijk'],
  ['ij->', 'ij'],
  ['ijk,j->ik', 'ijk', 'j'],
] as const;

const activations = ['relu', 'relu6', 'elu', 'leakyrelu', 'prelu', 'sigmoid'] as const;

/** What a fused op applies after all: often nothing, which has a gradient of its own. */
export const activation = (random: Random): 'linear' | (typeof activations)[number] =>
  random.chance(0.4) ? 'linear' : random.pick(activations);

/** Matrix products, and sums over products named by letters. */
export const productCases: readonly OpCase[] = [
  op('dot', (random) => {
    const [rows, inner, columns] = random.sizes(3) as [number, number, number];
    const [left, right] = random.pick([
      [[inner], [inner]],
      [[rows, inner], [inner]],
      [[inner], [inner, columns]],
      [
        [rows, inner],
        [inner, columns],
      ],
    ]) as [number[], number[]];
    return { inputs: [random.input(left), random.input(right)], op: (a, b) => tf.dot(a!, b!) };
  }),
  op('einsum', (random) => {
    const [equation, ...operands] = random.pick(equations);
    const size = new Map([...new Set(operands.join(''))].map((label) => [label, random.whole(1, 3)]));
    return {
      inputs: operands.map((labels) => random.input([...labels].map((label) => size.get(label)!))),
      op: (...xs) => tf.einsum(equation, ...xs),
    };
  }),
  op('fused.matMul', (random) => {
    const { a, b, columns, transposeA, transposeB } = matrices(random);
    const bias = random.chance(0.7) ? [random.input([columns])] : [];
    const applied = activation(random);
    const slope = applied === 'prelu' ? [random.input([columns])] : [];
    const alpha = random.uniform(0.1, 0.5);
    const product =
      (name: typeof applied) =>
      (a?: tf.Tensor, b?: tf.Tensor, ...rest: tf.Tensor[]) =>
        tf.fused.matMul({
          a: a!,
          b: b!,
          transposeA,
          transposeB,
          ...(bias.length > 0 && { bias: rest[0]! }),
          activation: name,
          ...(name === 'prelu' && { preluActivationWeights: rest.at(-1)! }),
          leakyreluAlpha: alpha,
        });
    return { inputs: [a, b, ...bias, ...slope], op: product(applied), kinkAtZero: product('linear') };
  }),
  op('matMul', (random) => {
    const { a, b, transposeA, transposeB } = matrices(random, random.sizes(random.whole(0, 2), 3));
    return { inputs: [a, b], op: (x, y) => tf.matMul(x!, y!, transposeA, transposeB) };
  }),
  op('outerProduct', (random) => ({
    inputs: random.sizes(2).map((size) => random.input([size])),
    op: (a, b) => tf.outerProduct(as1(a), as1(b)),
  })),
  op('linalg.gramSchmidt', (random) => {
    const rows = random.whole(1, 3);
    const input = random.input([rows, random.whole(rows, 4)]);
    for (let i = 0; i < rows; i++) input.values[i * input.shape[1]! + i]! += 2;
    return { inputs: [input], op: (x) => tf.linalg.gramSchmidt(as2(x)) as tf.Tensor2D };
  }),
];
