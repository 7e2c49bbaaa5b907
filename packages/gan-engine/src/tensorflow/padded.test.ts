import '@tensorflow/tfjs-backend-cpu';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import {
  conv2d,
  getKernelsForBackend,
  grads,
  type KernelFunc,
  memory,
  randomUniform,
  registerBackend,
  registerKernel,
  setBackend,
  square,
  sum,
  type Tensor,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerGradients } from '../gradients/register-gradients.js';
import { padded, padsOf, spelledOut } from './padded.js';

/** Refuses zeros around pictures, as tfjs-node does: all of them in gradients, those given by a number everywhere. */
const refusing =
  (isRefused: (pad: unknown) => boolean, own: KernelFunc): KernelFunc =>
  (call) => {
    if (isRefused((call.attrs as { pad?: unknown }).pad)) throw new Error('no zeros');
    return own(call);
  };

beforeAll(() => {
  registerGradients();
  registerBackend('strict', () => Object.assign(new MathBackendCPU(), { firstUse: false }));
  for (const config of getKernelsForBackend('cpu')) {
    const { kernelName, kernelFunc } = config;
    const kernels: Record<string, KernelFunc> = {
      Conv2D: spelledOut(refusing((pad) => typeof pad === 'number' && pad > 0, kernelFunc)),
      Conv2DBackpropInput: padded(
        'Conv2DBackpropInput',
        refusing((pad) => typeof pad !== 'string', kernelFunc),
      ),
      Conv2DBackpropFilter: padded(
        'Conv2DBackpropFilter',
        refusing((pad) => typeof pad !== 'string', kernelFunc),
      ),
    };
    registerKernel({ ...config, backendName: 'strict', kernelFunc: kernels[kernelName] ?? kernelFunc });
  }
});

describe('padded', () => {
  it.each([
    { strides: 1, pad: 1 },
    { strides: 2, pad: 2 },
    {
      strides: 2,
      pad: [
        [0, 0],
        [1, 0],
        [0, 2],
        [0, 0],
      ],
    },
    { strides: 2, pad: 'same' },
  ] as const)(
    'gives the convolution and its gradients that a backend with such pads does ($strides, $pad)',
    async (how) => {
      const loss = (x: Tensor, f: Tensor) =>
        sum(square(conv2d(x as Tensor4D, f as Tensor4D, how.strides, how.pad as 'same')));
      const results: number[][][] = [];
      for (const backend of ['cpu', 'strict']) {
        await setBackend(backend);
        const before = memory().numTensors;
        results.push(
          tidy(() =>
            grads(loss)([
              randomUniform([2, 7, 6, 3], -1, 1, 'float32', 1),
              randomUniform([3, 3, 3, 2], -1, 1, 'float32', 2),
            ]).map((slope) => [...slope.dataSync()]),
          ) as unknown as number[][],
        );
        expect(memory().numTensors).toBe(before);
      }
      const [expected, found] = results;
      expect(found!.map((values) => values.length)).toEqual([2 * 7 * 6 * 3, 3 * 3 * 3 * 2]);
      for (const [i, values] of found!.entries())
        for (const [k, value] of values.entries()) expect(value).toBeCloseTo(expected![i]![k]!, 4);
    },
  );
});

describe('padsOf', () => {
  it('spells out a number, and has nothing to say of the others', () => {
    const pads = (pad: unknown) => padsOf({ attrs: { pad } as never });
    expect(pads(2)).toEqual([
      [0, 0],
      [2, 2],
      [2, 2],
      [0, 0],
    ]);
    expect([pads('same'), pads('valid'), pads(0)]).toEqual([undefined, undefined, undefined]);
  });
});
