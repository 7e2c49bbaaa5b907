import {
  add,
  dispose,
  mul,
  sum,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';

type Layer = InstanceType<typeof layers.Layer>;

/** What a layer is given: numbers between two bounds, or whole numbers below the upper one. */
export interface Input {
  readonly shape: number[];
  readonly range: readonly [low: number, high: number];
  readonly dtype: 'float32' | 'int32';
}

/** A layer and what it is tried on. */
export interface Trial {
  readonly layer: Layer;
  readonly inputs: readonly Input[];
  readonly training?: boolean;
  /** How it is called, if not with its inputs alone. */
  readonly call?: (layer: Layer, inputs: Tensor[], options: { training: boolean }) => Tensor | Tensor[];
  /** Whether anything can be differentiated, as it can unless said. */
  readonly differentiable?: boolean;
}

/** A result or a gradient. */
export interface Noted {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const plainly = (layer: Layer, inputs: Tensor[], options: { training: boolean }): Tensor | Tensor[] =>
  layer.apply(inputs.length === 1 ? inputs[0]! : inputs, options) as Tensor | Tensor[];

/**
 * Calls a layer on drawn inputs with drawn weights.
 *
 * @returns its results, its weights afterwards, and the gradients of a weighted sum of the results at its trainable weights
 *   and its inputs.
 */
export function outcomeOf(trial: Trial): Record<string, Noted> {
  const { layer, inputs, training = false, call = plainly, differentiable = true } = trial;
  const next = uniform(1);
  const drawn = (shape: number[], [low, high]: Input['range'], dtype: Input['dtype'] = 'float32'): Tensor => {
    const size = shape.reduce((all, extent) => all * extent, 1);
    const one = () => low + next() * (high - low);
    return tensor(Array.from({ length: size }, dtype === 'int32' ? () => Math.floor(one()) : one), shape, dtype);
  };
  const given = inputs.map(({ shape, range, dtype }) => variable(drawn(shape, range, dtype)));
  const called = (): Tensor[] => [call(layer, given, { training })].flat();
  tidy(() => void called());
  tidy(() => {
    for (const weight of layer.weights)
      weight.write(drawn(weight.shape as number[], /variance/.test(weight.name) ? [0.5, 2] : [-1, 1]));
  });

  const notes: Record<string, Noted> = {};
  const note = (name: string, of: Tensor): void => {
    notes[name] = { shape: of.shape, values: Array.from(of.dataSync()) };
  };
  const loss = (): Tensor => {
    const results = called();
    for (const [index, result] of results.entries()) note(`result ${index}`, result);
    const parts = results.map((result) => sum(mul(result, drawn(result.shape, [-1, 1]))));
    return parts.reduce((total, part) => add(total, part));
  };
  tidy(() => {
    if (!differentiable) return void loss();
    const weights = layer.trainableWeights.map((weight) => weight.read() as Variable);
    const sources = [...weights, ...given.filter(({ dtype }) => dtype === 'float32')];
    const { grads } = variableGrads(loss as never, sources);
    for (const [index, { name }] of sources.entries()) note(`gradient ${index}`, grads[name]!);
  });
  for (const [index, weight] of layer.weights.entries()) note(`weight ${index}`, weight.read());
  dispose([...given, ...layer.weights.map((weight) => weight.read())]);
  return notes;
}
