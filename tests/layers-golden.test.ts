import * as architectures from '@gan/architectures';
import { gradients } from '@gan/core';
import { add, mul, square, sum, type Tensor, tidy, type Variable, zerosLike } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { engines, inScopesOn } from './engines.fixture.js';
import golden from './golden/layers.json' with { type: 'json' };
import { made, type Stored } from './stored.fixture.js';

/** Layers against PyTorch in float64 (tools/goldens/layers.py): values, gradients, and those of a gradient penalty. */

interface Case {
  readonly layer: string;
  readonly options: object;
  /** The inputs in which nothing is differentiated. */
  readonly fixed: readonly number[];
  readonly inputs: readonly Stored[];
  readonly weights: Readonly<Record<string, Stored>>;
  readonly v: Stored;
  readonly y: Stored;
  readonly first: readonly Stored[];
  readonly second: readonly Stored[];
}
const cases = golden.cases as unknown as readonly Case[];
const factories = architectures as unknown as Readonly<Record<string, (options: object) => layers.Layer>>;

/** The largest difference, relative to the largest number. */
function difference(found: Tensor, { values, shape }: Stored): number {
  expect(found.shape).toEqual(shape);
  const scale = Math.max(1e-2, ...values.map(Math.abs));
  return Math.max(0, ...Array.from(found.dataSync(), (value, i) => Math.abs(value - values[i]!) / scale));
}

/** As a layer is told them: one, or a list. */
const shapesOf = (given: readonly Tensor[]) => (given.length === 1 ? given[0]!.shape : given.map(({ shape }) => shape));

/** The values of a case, and how far they are from PyTorch's. */
function differences({ layer: name, options, fixed, inputs, weights, v, y, first, second }: Case): number {
  const layer = factories[name]!(options);
  try {
    return tidy(() => {
      const given = inputs.map(made);
      const weighed = made(v);
      layer.apply(given.length === 1 ? given[0]! : given);
      layer.setWeights(Object.values(weights).map(made));
      const owned = layer.weights.map((weight) => (weight as unknown as { readonly val: Variable }).val);
      const moved = given.filter((_, i) => !fixed.includes(i));
      const at: Tensor[] = [...moved, ...owned];
      const apply = () => layer.apply(given.length === 1 ? given[0]! : given) as Tensor;
      expect(layer.computeOutputShape(shapesOf(given))).toEqual(y.shape);
      const score = () => sum(mul(apply(), weighed));
      const filled = (slopes: readonly (Tensor | undefined)[], of: readonly Tensor[]) =>
        of.map((x, i) => slopes[i] ?? zerosLike(x));
      const slope = () =>
        filled(gradients(score, moved).gradients, moved)
          .map((one) => sum(square(one)))
          .reduce((a, b) => add(a, b));
      const found = [
        apply(),
        ...filled(gradients(score, at).gradients, at),
        ...filled(gradients(slope, at).gradients, at),
      ];
      return Math.max(...[y, ...first, ...second].map((wanted, i) => difference(found[i]!, wanted)));
    });
  } finally {
    layer.dispose();
  }
}

for (const { title, options, there } of engines)
  describe.skipIf(!there)(`layers have PyTorch's values, gradients and slopes of gradients, on ${title}`, () => {
    inScopesOn(options);
    const tolerance = title.endsWith('float64') ? 1e-6 : 2e-5;
    it.each(cases.map((one, i) => [`${one.layer} (${i})`, one] as const))('%s', (_, one) => {
      expect(differences(one)).toBeLessThan(tolerance);
    });
  });
