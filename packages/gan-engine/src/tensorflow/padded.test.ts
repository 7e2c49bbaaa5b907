import '@tensorflow/tfjs-backend-cpu';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { getKernelsForBackend, type KernelFunc, registerBackend, registerKernel } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerGradients } from '../gradients/register-gradients.js';
import { besideCpu, expectClose } from '../kernels/beside-cpu.fixture.js';
import { attributes } from '../kernels/call.js';
import { gradientsOfConvolution } from '../kernels/convolution.fixture.js';
import { padded, padsOf, spelledOut } from './padded.js';

/** Refuses zeros around pictures, as tfjs-node does: all of them in gradients, those given by a number everywhere. */
const refusing =
  (isRefused: (pad: unknown) => boolean, own: KernelFunc): KernelFunc =>
  (call) => {
    if (isRefused(attributes<{ pad?: unknown }>(call).pad)) throw new Error('no zeros');
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
      const of = { x: [2, 7, 6, 3], filter: [3, 3, 3, 2], ...how };
      const [expected, found] = await besideCpu('strict', () => gradientsOfConvolution(of));
      expectClose(found, expected, 1e-6);
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
