import {
  dispose,
  ones,
  setBackend,
  type Tensor,
  tensor1d,
  tensor2d,
  tidy,
  transpose,
  zeros,
} from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { describeOnTorch, drawing, run } from '../differential.fixture.js';
import { liveHandles } from '../native/handle.js';
import { fusedAdam } from './adam.js';
import { fusedAverage } from './average.js';

const numbers = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

/** Algorithm 1 of the paper on one number in float64, with decoupled decay before it. */
const exact = (gradients: readonly number[], start: number, weightDecay: number) => {
  let [p, m, v] = [start, 0, 0];
  gradients.forEach((g, index) => {
    const t = index + 1;
    p *= 1 - numbers.learningRate * weightDecay;
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    p -= (numbers.learningRate * (m / (1 - 0.9 ** t))) / (Math.sqrt(v / (1 - 0.999 ** t)) + numbers.epsilon);
  });
  return { p, m, v };
};

describeOnTorch('fused optimisation', () => {
  beforeAll(() => setBackend('torch'));

  for (const weightDecay of [0, 0.1])
    it(`Adam with a weight decay of ${weightDecay} is the paper's, and changes nothing that it is given`, () => {
      const live = liveHandles();
      const steps = [
        [0.5, -2],
        [0.1, 3],
        [-1, 1e-3],
      ] as const;
      const start: Tensor[] = [tensor1d([1, -3]), zeros([1]), zeros([2]), zeros([1]), zeros([2]), zeros([1])];
      let [parameters, first, second] = [start.slice(0, 2), start.slice(2, 4), start.slice(4)] as Tensor[][];
      steps.forEach((gradient, index) => {
        const gradients = [tensor1d([...gradient]), ones([1])];
        const before = parameters![0]!.dataSync().slice();
        const next = fusedAdam({
          ...numbers,
          weightDecay,
          parameters: parameters!,
          gradients,
          first: first!,
          second: second!,
          update: index + 1,
        });
        expect(parameters![0]!.dataSync()).toEqual(before);
        expect(gradients[0]!.dataSync()).toEqual(new Float32Array(gradient));
        dispose([parameters!, first!, second!, gradients]);
        [parameters, first, second] = [[...next.parameters], [...next.first], [...next.second]];
      });
      [1, -3].forEach((value, index) => {
        const { p, m, v } = exact(
          steps.map((gradient) => gradient[index]!),
          value,
          weightDecay,
        );
        expect(parameters![0]!.dataSync()[index]).toBeCloseTo(p, 6);
        expect(first![0]!.dataSync()[index]).toBeCloseTo(m, 6);
        expect(second![0]!.dataSync()[index]).toBeCloseTo(v, 6);
      });
      dispose([parameters!, first!, second!]);
      expect(liveHandles()).toBe(live);
    });

  it('pairs numbers by place, however they lie in memory', () => {
    const live = liveHandles();
    const draw = drawing(3);
    const parameter = draw([3, 4]);
    const upside = draw([4, 3]);
    const gradient = transpose(upside);
    const zero = zeros([3, 4]);
    const next = fusedAdam({
      ...numbers,
      learningRate: 1,
      parameters: [parameter],
      gradients: [gradient],
      first: [zero],
      second: [zero],
      update: 1,
    });
    // The first step of Adam is learningRate * sign(g), but for epsilon.
    const [before, after, slope] = [parameter.dataSync(), next.parameters[0]!.dataSync(), gradient.dataSync()];
    after.forEach((value, index) => {
      expect(value).toBeCloseTo(before[index]! - Math.sign(slope[index]!), 5);
    });
    // And a second one goes on from results that may lie as the gradient does.
    const more = fusedAdam({
      ...numbers,
      learningRate: 1,
      parameters: next.parameters,
      gradients: [tensor2d(gradient.dataSync(), [3, 4])],
      first: next.first,
      second: next.second,
      update: 2,
    });
    more.parameters[0]!.dataSync().forEach((value, index) => {
      expect(value).toBeCloseTo(before[index]! - 2 * Math.sign(slope[index]!), 4);
    });
    dispose([parameter, upside, gradient, zero, ...Object.values(next).flat(), ...Object.values(more).flat()]);
    // The gradient uploaded for the second step is still there.
    expect(liveHandles()).toBe(live + 1);
  });

  it('refuses lists of different lengths', () => {
    const x = zeros([1]);
    const step = { ...numbers, parameters: [x], gradients: [], first: [x], second: [x], update: 1 };
    expect(() => fusedAdam(step)).toThrow(new TypeError('gradients must be as many as parameters, 1, but are 0'));
    x.dispose();
  });

  it('refuses a gradient of another shape, and numbers that are none', () => {
    const live = liveHandles();
    const [x, y] = [zeros([2]), zeros([3])];
    const step = { ...numbers, parameters: [x], gradients: [y], first: [x], second: [x], update: 1 };
    expect(() => fusedAdam(step)).toThrow('g0 must have the shape of p0, [2], but has [3]');
    const numberless = { ...step, gradients: [x], learningRate: '0.1' as never };
    expect(() => fusedAdam(numberless)).toThrow("aten::_fused_adam_ takes float lr as argument 7, but got '0.1'");
    dispose([x, y]);
    expect(liveHandles()).toBe(live);
  });

  it('leaves filters where convolutions want them: the same bits however a filter lies in memory', () => {
    const draw = drawing(11);
    for (const channels of [1, 3, 8]) {
      const [x, filter] = [draw([2, 8, 8, channels]), draw([3, 3, channels, 16])];
      const zero = zeros(filter.shape);
      const step = { ...numbers, learningRate: 0, gradients: [zero], first: [zero], second: [zero], update: 1 };
      const [laid] = fusedAdam({ ...step, parameters: [filter] }).parameters;
      const through = (by: Tensor): Float32Array[] => {
        const geometry = { strides: [2, 2], pad: 'same', dataFormat: 'NHWC', dilations: [1, 1] };
        const dy = ones([2, 4, 4, 16]);
        const y = run('Conv2D', { x, filter: by }, geometry) as Tensor;
        const dx = run('Conv2DBackpropInput', { dy, filter: by }, { ...geometry, inputShape: x.shape }) as Tensor;
        return [y, dx].map((result) => result.dataSync() as Float32Array);
      };
      expect(laid!.dataSync()).toEqual(filter.dataSync());
      expect(tidy(() => through(laid!))).toEqual(tidy(() => through(filter)));
    }
  });

  it('an average moves by 1 - decay towards each value', () => {
    const averages = { a: tensor1d([1, 2]), b: tensor1d([4]) };
    const values = { b: tensor1d([0]), a: tensor1d([3, 2]) };
    const next = fusedAverage(averages, values, 0.75);
    // 0.75 * 1 + 0.25 * 3 = 1.5; 0.75 * 4 = 3
    expect([...next.a.dataSync()]).toEqual([1.5, 2]);
    expect([...next.b.dataSync()]).toEqual([3]);
    expect(() => fusedAverage(averages, { a: values.a } as never, 0.75)).toThrow(
      "values must hold 'b', as averages do",
    );
    dispose([averages, values, next]);
  });

  it('a step and an average of no tensors are none', () => {
    const step = { ...numbers, parameters: [], gradients: [], first: [], second: [], update: 1 };
    expect(fusedAdam(step)).toEqual({ parameters: [], first: [], second: [] });
    expect(fusedAverage({}, {}, 0.75)).toEqual({});
  });
});
