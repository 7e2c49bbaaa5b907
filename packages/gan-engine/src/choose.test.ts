import '@tensorflow/tfjs-backend-cpu';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import {
  engine,
  getBackend,
  getKernel,
  getKernelsForBackend,
  type KernelFunc,
  memory,
  registerBackend,
  registerKernel,
  removeBackend,
  setBackend,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { choose } from './choose.js';
import { EngineError } from './engine-error.js';
import type { Candidate } from './engines/candidate.js';
import { silence } from './engines/javascript.js';
import { registerGradients } from './gradients/register-gradients.js';

beforeAll(async () => {
  registerGradients();
  silence();
  await setBackend('cpu');
});

const candidate = (name: Candidate['name'], backend: string): Candidate => ({
  name,
  open: async () => ({ backend, engine: { name, device: 'cpu', version: '1', threads: 1, deterministic: true } }),
});
const absent: Candidate = {
  name: 'torch-cpu',
  open: async () => {
    throw new EngineError('it is not there', { engine: 'torch-cpu', remedy: 'get it' });
  },
};

const unsteady: Candidate = {
  name: 'torch-cuda',
  open: async () => ({
    backend: 'cpu',
    engine: { name: 'torch-cuda', device: 'none', version: '1', threads: 1, deterministic: false },
  }),
};

/** A backend that is the JavaScript one but for one kernel. */
function broken(name: string, kernelName: string, kernel: (own: KernelFunc) => KernelFunc): string {
  registerBackend(name, () => Object.assign(new MathBackendCPU(), { firstUse: false }));
  for (const config of getKernelsForBackend('cpu'))
    registerKernel({
      ...config,
      backendName: name,
      kernelFunc: config.kernelName === kernelName ? kernel(config.kernelFunc) : config.kernelFunc,
    });
  return name;
}

/** Doubles the first number of what a kernel returns. */
const wrong =
  (own: KernelFunc): KernelFunc =>
  (call) => {
    const result = own(call) as TensorInfo;
    const { values } = (call.backend as MathBackendCPU).data.get(result.dataId);
    (values as Float32Array)[0]! *= 2;
    return result;
  };

describe('choose', () => {
  it('takes the first that answers, and says what it passed over and why', async () => {
    const { opened, skipped } = await choose([absent, candidate('cpu', 'cpu')], { threads: undefined, byName: false });
    expect(opened.engine.name).toBe('cpu');
    expect(skipped).toEqual([{ name: 'torch-cpu', reason: 'it is not there', remedy: 'get it' }]);
  });

  it.each([
    ['BatchMatMul', /computes a product wrongly: \[38, 22, 43, 50\], not \[19, 22, 43, 50\]/],
    ['Conv2D', /computes a convolution wrongly/],
    ['Conv2DBackpropInput', /computes the gradient of an image wrongly/],
    ['Conv2DBackpropFilter', /computes the gradient of a filter wrongly/],
    ['Tanh', /computes a second derivative wrongly/],
  ])('finds out a backend whose %s is wrong, and leaves the one that was', async (kernel, sentence) => {
    const before = memory().numTensors;
    const backend = broken(`wrong-${kernel}`, kernel, wrong);
    const trial = choose([candidate('wasm', backend)], { threads: undefined, byName: true });
    await expect(trial).rejects.toThrow(sentence);
    await expect(trial).rejects.toMatchObject({ name: 'EngineError', engine: 'wasm' });
    expect(getBackend()).toBe('cpu');
    expect(memory().numTensors).toBe(before);
    const { skipped } = await choose([candidate('wasm', backend), candidate('cpu', 'cpu')], {
      threads: undefined,
      byName: false,
    });
    expect(skipped[0]?.reason).toMatch(sentence);
  });

  it('finds out a backend that throws', async () => {
    const backend = broken('throwing', 'Conv2D', () => () => {
      throw new Error('no convolutions today\nand a stack');
    });
    await expect(choose([candidate('wasm', backend)], { threads: undefined, byName: true })).rejects.toThrow(
      /^wasm cannot be used: no convolutions today$/,
    );
    expect(engine().state.gradientDepth).toBe(0);
    expect(getKernel('Conv2D', 'cpu')).toBeDefined();
  });

  it('tells all reasons when none can be used', async () => {
    await expect(choose([absent, { ...absent, name: 'wasm' }], { threads: undefined, byName: false })).rejects.toThrow(
      /^no engine can be used: torch-cpu: it is not there; wasm: it is not there$/,
    );
  });

  it('leaves the backend that was current where one is refused that has made itself current, and is gone', async () => {
    await setBackend('cpu');
    const intruder: Candidate = {
      name: 'tfjs-node-gpu',
      open: async () => {
        await setBackend(broken('intruder', 'None', (own) => own));
        removeBackend('intruder');
        throw new EngineError('it sees no graphics processor', { engine: 'tfjs-node-gpu' });
      },
    };
    const trial = choose([intruder], { threads: undefined, byName: true });
    await expect(trial).rejects.toThrow('tfjs-node-gpu cannot be used: it sees no graphics processor');
    expect(getBackend()).toBe('cpu');
  });

  it('does not go on where the user has said something wrong', async () => {
    const mistaken: Candidate = {
      name: 'torch-cpu',
      open: async () => {
        throw new EngineError('GAN_LIBTORCH is wrong');
      },
    };
    await expect(choose([mistaken, candidate('cpu', 'cpu')], { threads: undefined, byName: false })).rejects.toThrow(
      /^GAN_LIBTORCH is wrong$/,
    );
  });

  it('passes over an engine that does not promise the same bits where they must be, and refuses it by name', async () => {
    const options = { threads: undefined, deterministic: true };
    const { opened, skipped } = await choose([unsteady, candidate('cpu', 'cpu')], { ...options, byName: false });
    expect(opened.engine.name).toBe('cpu');
    expect(skipped).toEqual([
      { name: 'torch-cuda', reason: 'it does not promise the same bits twice', remedy: 'choose torch-cpu' },
    ]);
    await expect(choose([unsteady], { ...options, byName: true })).rejects.toThrow(
      'torch-cuda cannot be used: it does not promise the same bits twice; choose torch-cpu',
    );
    const free = await choose([unsteady], { threads: undefined, byName: true });
    expect(free.opened.engine.name).toBe('torch-cuda');
  });
});
