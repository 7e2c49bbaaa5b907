import '@tensorflow/tfjs-backend-cpu';
import { dispose, memory, setBackend, square, sub, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { currentEngine, type Engine, type FusedAdam, useEngine } from '../engine.js';
import type { Tensors } from '../network.js';
import type { Optimizer } from '../optimizer.js';
import { adam, adamW } from './adam.js';
import golden from './golden/optimizers.json' with { type: 'json' };
import { rmsProp } from './rms-prop.js';
import { sgd } from './sgd.js';

type Flat = Readonly<Record<keyof typeof golden.shapes, readonly number[]>>;

const made = { sgd, rmsProp, adam, adamW } as Record<string, (options: object) => Optimizer>;
/** The schedules that the golden values name. */
const learningRate = (update: number) => 0.1 / update;
const rates = {
  beta1: (update: number) => 0.8 - 0.1 * update,
  beta2: (update: number) => 1 - 0.1 / update,
  weightDecay: (update: number) => 0.05 * update,
};
const optimizerOf = ({ name, options }: { name: string; options: object }) =>
  made[name]!('rate' in options ? { learningRate } : 'rates' in options ? { learningRate, ...rates } : options);

const tensors = (flat: Flat) => ({
  w: tensor([...flat.w], golden.shapes.w, 'float32'),
  b: tensor([...flat.b], golden.shapes.b, 'float32'),
});

const bits = (all: Tensors) => Object.entries(all).map(([name, value]) => [name, [...value.dataSync()]]);

/** Updates `from` (0 for the first) up to `to`, disposing of everything but what it gives. */
function run(optimizer: Optimizer, from: number, to: number, parameters: Tensors, state: Tensors) {
  let now = { parameters, state };
  for (let update = from; update < to; update++) {
    const gradients = tensors(golden.gradients[update]!);
    const next = optimizer.update({ ...now, gradients, update: update + 1 });
    dispose([gradients, now]);
    now = next;
  }
  return now;
}

const engineWith = (fused: FusedAdam): Engine => ({
  name: 'cpu',
  device: 'cpu',
  version: '0',
  threads: 1,
  deterministic: true,
  adam: fused,
});

beforeAll(() => setBackend('cpu'));
afterEach(() => useEngine(undefined));

describe('the optimizers', () => {
  // Golden values: torch.optim in float64 (tools/goldens/optimizers.py); ours compute in float32.
  it.each(golden.cases)('agrees with PyTorch: $name $options', (each) => {
    const before = memory().numTensors;
    const optimizer = optimizerOf(each);
    expect(optimizer.name).toBe(each.name);
    const parameters = tensors(golden.start);
    let now: { parameters: Tensors; state: Tensors } = { parameters, state: optimizer.init(parameters) };
    each.after.forEach((expected, update) => {
      now = run(optimizer, update, update + 1, now.parameters, now.state);
      for (const name of ['w', 'b'] as const) {
        expect(now.parameters[name]!.shape).toEqual(golden.shapes[name]);
        const values = now.parameters[name]!.dataSync();
        expected[name].forEach((value, i) => {
          expect(Math.abs(values[i]! - value)).toBeLessThan(1e-6);
        });
      }
    });
    dispose([now.parameters, now.state]);
    expect(memory().numTensors).toBe(before);
  });

  // What is read from an engine that holds doubles is rounded.
  const rounds = currentEngine()?.precision === 'float64';
  it.skipIf(rounds).each(golden.cases)('goes on from its state with the same bits: $name $options', (each) => {
    const start = (optimizer: Optimizer) => {
      const parameters = tensors(golden.start);
      return run(optimizer, 0, 3, parameters, optimizer.init(parameters));
    };
    const straight = start(optimizerOf(each));
    const whole = run(optimizerOf(each), 3, 6, straight.parameters, straight.state);
    const paused = start(optimizerOf(each));
    const copied = (all: Tensors) =>
      Object.fromEntries(Object.entries(all).map(([name, t]) => [name, tensor(t.dataSync().slice(), t.shape)]));
    const resumed = run(optimizerOf(each), 3, 6, copied(paused.parameters), copied(paused.state));
    expect(bits(resumed.parameters)).toEqual(bits(whole.parameters));
    expect(bits(resumed.state)).toEqual(bits(whole.state));
    dispose([whole, resumed, paused]);
  });

  it.each(golden.cases)('leaves what it is given as it was, and gives new tensors: $name $options', (each) => {
    const optimizer = optimizerOf(each);
    const parameters = tensors(golden.start);
    const gradients = tensors(golden.gradients[0]!);
    const state = optimizer.init(parameters);
    const given = [parameters, gradients, state].map(bits);
    const next = optimizer.update({ parameters, gradients, state, update: 1 });
    expect([parameters, gradients, state].map(bits)).toEqual(given);
    expect(Object.keys(next.state)).toEqual(Object.keys(state));
    const ids = (all: readonly Tensors[]) => all.flatMap((some) => Object.values(some).map((t: Tensor) => t.id));
    const old = new Set(ids([parameters, gradients, state]));
    expect(ids([next.parameters, next.state]).filter((id) => old.has(id))).toEqual([]);
    dispose([parameters, gradients, state, next]);
  });

  it('keep their state under the names of the parameters', () => {
    tidy(() => {
      const parameters = { 'dense/kernel': tensor([1, 2]) };
      const names = (optimizer: Optimizer) => Object.keys(optimizer.init(parameters));
      expect(names(sgd({ learningRate: 1 }))).toEqual([]);
      expect(names(sgd({ learningRate: 1, momentum: 0.5 }))).toEqual(['dense/kernel/velocity']);
      expect(names(rmsProp({ learningRate: 1 }))).toEqual(['dense/kernel/second']);
      expect(names(adam({ learningRate: 1 }))).toEqual(['dense/kernel/first', 'dense/kernel/second']);
      expect(names(adamW({ learningRate: 1 }))).toEqual(['dense/kernel/first', 'dense/kernel/second']);
    });
  });

  it('takes a first step of the learning rate against the sign of the gradient, as Adam must', () => {
    // first / (1 - beta1) = g and second / (1 - beta2) = g^2, so the step is g / |g| whatever the size of g.
    const parameters = { p: tensor([0, 0, 0]) };
    const gradients = { p: tensor([1e-3, -5, 1e4]) };
    const optimizer = adam({ learningRate: 0.25 });
    const state = optimizer.init(parameters);
    const next = optimizer.update({ parameters, gradients, state, update: 1 });
    const expected = [-0.25, 0.25, -0.25];
    next.parameters['p']!.dataSync().forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 5);
    });
    dispose([parameters, gradients, state, next]);
  });

  it('never takes the root of a negative variance in the centred RMSProp', () => {
    // A constant gradient has variance 0, which float32 rounds below it for these, after 24 updates.
    const optimizer = rmsProp({ learningRate: 1, decay: 0.5, epsilon: 1, centered: true });
    const gradients = { p: tensor([0.3, 0.6, 1.2, 1.3]) };
    let now: { parameters: Tensors; state: Tensors } = { parameters: { p: tensor([0, 0, 0, 0]) }, state: {} };
    now = { ...now, state: optimizer.init(now.parameters) };
    for (let update = 1; update <= 60; update++) {
      const next = optimizer.update({ ...now, gradients, update });
      dispose(now);
      now = next;
    }
    expect([...now.parameters['p']!.dataSync()].every(Number.isFinite)).toBe(true);
    dispose([now, gradients]);
  });

  it("uses the engine's fused Adam where there is one, with all of its constants", () => {
    const seen: object[] = [];
    useEngine(
      engineWith(({ parameters, gradients, first, second, ...constants }) => {
        seen.push({ ...constants, count: [parameters, gradients, first, second].map((all) => all.length) });
        return {
          parameters: parameters.map((value, i) => sub(value, gradients[i]!)),
          first: gradients.map(square),
          second: first.map(square),
        };
      }),
    );
    const parameters = { a: tensor([1]), b: tensor([2]) };
    const gradients = { b: tensor([20]), a: tensor([10]) };
    const optimizer = adamW({ learningRate: (update) => update / 10, beta1: 0.5, weightDecay: 0.25 });
    const state = optimizer.init(parameters);
    const next = optimizer.update({ parameters, gradients, state, update: 3 });
    expect(seen).toEqual([
      { update: 3, learningRate: 0.3, beta1: 0.5, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.25, count: [2, 2, 2, 2] },
    ]);
    expect(bits(next.parameters)).toEqual([
      ['a', [-9]],
      ['b', [-18]],
    ]);
    expect(bits(next.state)).toEqual([
      ['a/first', [100]],
      ['b/first', [400]],
      ['a/second', [0]],
      ['b/second', [0]],
    ]);
    dispose([parameters, gradients, state, next]);
  });

  it('refuse options that make no sense, naming the value', () => {
    expect(() => adam({ learningRate: -1 })).toThrow('learningRate must be a finite number of at least 0, but is -1');
    expect(() => adam({ learningRate: 1, beta1: 1 })).toThrow('beta1 must be at least 0 and less than 1, but is 1');
    expect(() => adam({ learningRate: 1, beta2: -0.1 })).toThrow(
      'beta2 must be at least 0 and less than 1, but is -0.1',
    );
    expect(() => adam({ learningRate: 1, epsilon: Number.NaN })).toThrow(
      'epsilon must be a finite number of at least 0',
    );
    expect(() => adam({ learningRate: 1, weightDecay: 1 } as { learningRate: number })).toThrow(
      "adam has no option 'weightDecay'; it takes learningRate, beta1, beta2, epsilon",
    );
    expect(() => adamW({ learningRate: 1, weightDecay: -1 })).toThrow(
      'weightDecay must be a finite number of at least 0',
    );
    expect(() => sgd({ learningRate: 1, momentum: 1.5 })).toThrow(
      'momentum must be at least 0 and less than 1, but is 1.5',
    );
    expect(() => sgd({ learningRate: 1, nesterov: true })).toThrow('nesterov wants a momentum above 0');
    expect(() => rmsProp({ learningRate: 1, decay: 2 })).toThrow('decay must be at least 0 and less than 1, but is 2');
    expect(() => adam({} as { learningRate: number })).toThrow(
      'learningRate must be a finite number of at least 0, but is undefined',
    );
    expect(() =>
      adam({ learningRate: 1 }).update({ parameters: {}, gradients: {}, state: {}, update: 1 }),
    ).not.toThrow();
    expect(() =>
      adam({ learningRate: () => Number.NaN }).update({ parameters: {}, gradients: {}, state: {}, update: 2 }),
    ).toThrow('learningRate(2) must be a finite number of at least 0, but is NaN');
    expect(() =>
      adam({ learningRate: 1, beta1: (update) => update / 2 }).update({
        parameters: {},
        gradients: {},
        state: {},
        update: 2,
      }),
    ).toThrow('beta1(2) must be at least 0 and less than 1, but is 1');
  });

  it('name the gradient or state that is missing, and leak nothing then', () => {
    const before = memory().numTensors;
    const parameters = tensors(golden.start);
    const optimizer = adam({ learningRate: 1 });
    const state = optimizer.init(parameters);
    const gradients = tensors(golden.gradients[0]!);
    const { w } = gradients;
    expect(() => optimizer.update({ parameters, gradients: { w }, state, update: 1 })).toThrow(
      "the optimizer has no gradient 'b'",
    );
    expect(() => optimizer.update({ parameters, gradients, state: {}, update: 1 })).toThrow(
      "the optimizer has no state 'w/first'",
    );
    dispose([parameters, gradients, state]);
    expect(memory().numTensors).toBe(before);
  });
});
