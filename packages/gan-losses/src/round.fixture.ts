import '@tensorflow/tfjs-backend-cpu';
// Registers the gradients that TensorFlow.js has of its own.
import '@tensorflow/tfjs-layers';
import { type Maker, type Random, type Round, random, type Tensors } from '@gan/core';
import {
  add,
  cast,
  clone,
  engine,
  fill,
  memory,
  setBackend,
  sub,
  type Tensor,
  tensor,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';

/** A judge, or a generator, as a plain function. */
export type Judge = (inputs: Tensors, parameters: Tensors) => Tensor;

/** What a round is made of; what is left out must not be read. */
export interface Setting {
  readonly judge?: Judge;
  readonly parameters?: Tensors;
  readonly real?: Tensors;
  readonly fake?: Tensors;
  readonly left?: Tensor;
  readonly right?: Tensor;
  /** What the stream gives as uniform numbers. */
  readonly share?: Tensor;
  /** What the stream gives besides. */
  readonly random?: Partial<Random>;
  /** Who made the fakes. */
  readonly maker?: Maker;
  readonly state?: Tensors;
  readonly step?: number;
}

const absent = (what: string) => (): never => {
  throw new Error(`this round has no ${what}`);
};

const copied = (tensors: Tensors): Tensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, clone(tensor)]));

/** A round of one term, alone, without training. The judge's answer is both its score and its features. */
export function roundOf(
  setting: Setting,
): Round<{ readonly score: 'linear'; readonly features: 'features' }, 'real' | 'fake'> & Round<{}, 'left' | 'right'> {
  const { judge = absent('judge'), parameters = {} } = setting;
  const at = (inputs: Tensors | undefined, own: Tensors = parameters) => {
    const score = judge(inputs ?? absent('such sample')(), own);
    return { score, features: score };
  };
  const own = new Map<string, Tensor>();
  return {
    get real() {
      return at(setting.real);
    },
    get fake() {
      return at(setting.fake);
    },
    judged: (role) => {
      const inputs = copied(setting[role] ?? absent('such sample')());
      return { inputs, outputs: at(inputs) };
    },
    samples: setting as Required<Setting>,
    judge: at,
    parameters,
    maker: () => setting.maker ?? absent('maker')(),
    state: setting.state ?? {},
    once: (name, make) => {
      const made = own.get(name) ?? make();
      own.set(name, made);
      return made;
    },
    random: {
      uniform: () => setting.share ?? absent('randomness')(),
      ...setting.random,
    } as Random,
    step: setting.step ?? 0,
  };
}

/** A generator for a round. */
export const makerOf = (make: Judge, inputs: Tensors, parameters: Tensors = {}): Maker => ({
  inputs,
  output: 'sample',
  parameters,
  apply: (at, own = parameters) => ({ sample: make(at, own) }),
});

/** A stream whose streams give, by their names, these numbers in all places. */
export const drawingByName = (draws: Readonly<Record<string, number>>): Random => ({
  ...random(1),
  stream: (name) => {
    const all = (shape: readonly number[]) => fill([...shape], draws[name!] ?? absent(`draw of ${name}`)());
    return { ...random(1), uniform: all, categorical: (shape) => cast(all(shape), 'int32') };
  },
});

/** The gradients of a scalar; zeros for what it does not depend on. */
export const gradientsOf = (value: () => Tensor, at: readonly Tensor[]): Tensor[] =>
  at.map((x, i) => engine().gradients(value, [...at], undefined, true).grads[i] ?? zerosLike(x));

/** The numbers of a tensor. */
export const numbers = (tensor: Tensor): number[] => Array.from(tensor.dataSync());

/** The number of a scalar. */
export function number(tensor: Tensor): number {
  expect(tensor.shape).toEqual([]);
  return tensor.dataSync()[0]!;
}

/** Computes on the cpu backend. */
export const onCpu = () => setBackend('cpu');

/** Gives each test of a file the cpu backend and a scope of its own, and fails the test that leaves tensors behind. */
export function inScopes(): void {
  let before = 0;
  beforeAll(onCpu);
  beforeEach(() => {
    before = memory().numTensors;
    engine().startScope();
  });
  afterEach(() => {
    engine().endScope();
    expect(memory().numTensors, 'tensors are left over').toBe(before);
  });
}

/** A round whose judge scores samples by themselves: the scores are what is given. */
export const roundOfScores = (real: Tensor, fake: Tensor) =>
  roundOf({ judge: ({ sample }) => sample!, real: { sample: real }, fake: { sample: fake } });

/** float32 against float64: relative to the largest number of the tensor. */
export function expectClose(actual: readonly number[], wanted: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(wanted.length);
  const scale = Math.max(1e-3, ...wanted.map(Math.abs));
  for (const [i, value] of actual.entries()) expect(Math.abs(value - wanted[i]!) / scale).toBeLessThan(tolerance);
}

/** The central difference of a scalar over 2h, in one number of a tensor. */
export function difference(of: (at: Tensor) => Tensor, at: Tensor, i: number, h: number): number {
  const bump = tensor(
    numbers(at).map((_, k) => (k === i ? h : 0)),
    at.shape,
  );
  return (number(of(add(at, bump))) - number(of(sub(at, bump)))) / (2 * h);
}
