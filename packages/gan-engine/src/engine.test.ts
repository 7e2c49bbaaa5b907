import { currentEngine } from '@gan/core';
import { add, dispose, getBackend, grad, mul, relu, scalar, sub, tensor, tidy } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { engine } from './engine.js';
import { EngineError } from './engine-error.js';
import { findLibtorch } from './libtorch/find-libtorch.js';
import { describe as described } from './report.js';
import { noAdapter } from './webgpu/adapter.fixture.js';

// What is installed here does not hang on what was built for other tests.
delete process.env['GAN_TFJS_NODE'];

const { found } = await findLibtorch();
const withLibtorch = it.skipIf(found.length === 0);
const reason = found.length === 0 ? ' (skipped: no libtorch on this machine)' : '';

afterEach(() => {
  expect(getBackend()).not.toBe('');
});

describe('engine', () => {
  it('uses the one that is asked for, makes it known to core, and tells of it', async () => {
    const report = await engine({ use: 'cpu' });
    expect(report).toMatchObject({
      name: 'cpu',
      device: 'cpu',
      version: '4.22.0',
      threads: 1,
      deterministic: true,
      precision: 'float32',
      skipped: [],
    });
    expect(getBackend()).toBe('cpu');
    expect(currentEngine()?.name).toBe('cpu');
    expect(described(report)).toBe('engine   cpu (TensorFlow.js 4.22.0, 1 thread)');
  });

  it('costs nothing the second time, and switches when asked for another', async () => {
    const first = await engine({ use: 'cpu' });
    expect(await engine({ use: 'cpu' })).toBe(first);
    expect((await engine({ use: 'wasm' })).name).toBe('wasm');
    expect(getBackend()).toBe('wasm');
    expect(currentEngine()?.name).toBe('wasm');
    expect((await engine({ use: 'cpu' })).name).toBe('cpu');
    expect(getBackend()).toBe('cpu');
  });

  it('chooses once when called twice at the same time', async () => {
    const [a, b] = await Promise.all([engine({ use: 'wasm' }), engine({ use: 'wasm' })]);
    expect(a).toBe(b);
  });

  withLibtorch(`prefers libtorch to JavaScript, and says what it skipped${reason}`, async () => {
    const report = await engine();
    expect(report.name).toBe('torch-cpu');
    expect(report.library?.folder).toBe(found[0]!.folder);
    expect(report.fusedAdam).toBe(true);
    expect(report.skipped.map(({ name }) => name)).toEqual(['tfjs-node-gpu', 'torch-cuda', 'torch-mps']);
    expect(report.skipped[0]?.reason).toBe('@tensorflow/tfjs-node-gpu is not installed');
    expect(currentEngine()?.adam).toBeTypeOf('function');
    expect(described(report)).toMatch(/^engine {3}torch-cpu \(libtorch \d+\.\d+\.\d+, \d+ threads?\)\nlibrary {2}/);
  });

  withLibtorch(`computes in doubles where that is asked for, and in singles again${reason}`, async () => {
    const lost = () => tidy(() => sub(add(scalar(2 ** 24), 1), 2 ** 24).dataSync()[0]);
    const report = await engine({ precision: 'float64' });
    expect(report).toMatchObject({ name: 'torch-cpu', precision: 'float64' });
    expect(report.skipped.map(({ name }) => name)).toEqual(['torch-cuda']);
    expect(currentEngine()?.precision).toBe('float64');
    expect(described(report)).toContain(', float64)\n');
    // 2^24 + 1 is the first whole number that float32 has not.
    expect(lost()).toBe(1);
    expect((await engine()).precision).toBe('float32');
    expect(lost()).toBe(0);
  });

  it('refuses doubles of an engine that has none, and a precision that there is not', async () => {
    const sentence = 'wasm cannot be used: it computes in float32 only; choose torch-cpu for float64';
    await expect(engine({ use: 'wasm', precision: 'float64' })).rejects.toThrow(sentence);
    // @ts-expect-error: half the width is not held.
    await expect(engine({ precision: 'float16' })).rejects.toThrow("precision must be one of 'float32', 'float64'");
  });

  withLibtorch(`does not change the threads of a libtorch that is loaded${reason}`, async () => {
    const { threads } = await engine({ use: 'torch-cpu' });
    expect((await engine({ use: 'torch-cpu', threads })).threads).toBe(threads);
    await expect(engine({ threads: threads + 1 })).rejects.toThrow(
      new RegExp(
        `^libtorch was loaded with ${threads} threads, and cannot change to ${threads + 1} in the same process; say`,
      ),
    );
  });

  withLibtorch(`keeps tensors and gradients when it switches from libtorch to JavaScript${reason}`, async () => {
    await engine({ use: 'torch-cpu' });
    const x = tensor([1, 2, 3]);
    await engine({ use: 'cpu' });
    const slope = grad((x) => relu(mul(x, x)))(x);
    expect([...slope.dataSync()]).toEqual([2, 4, 6]);
    dispose([x, slope]);
  });

  it.each([
    [
      'tfjs-node',
      /^tfjs-node cannot be used: @tensorflow\/tfjs-node is not installed; `npm install @tensorflow\/tfjs-node` installs it$/,
    ],
    ['tfjs-node-gpu', /^tfjs-node-gpu cannot be used: @tensorflow\/tfjs-node-gpu is not installed/],
    [
      'torch-cuda',
      /^torch-cuda cannot be used: (this machine has no driver for NVIDIA graphics processors; install the driver if it has such a processor$|there is no libtorch)/,
    ],
    ['torch-mps', /^torch-mps cannot be used: (this machine is no Mac|there is no libtorch)/],
  ] as const)('says why %s cannot be used', async (use, sentence) => {
    await engine({ use: 'cpu' });
    await expect(engine({ use })).rejects.toThrow(sentence);
    await expect(engine({ use })).rejects.toMatchObject({ engine: use });
    expect(getBackend()).toBe('cpu');
  });

  it('refuses to choose threads of a graphics processor', async () => {
    await expect(engine({ use: 'webgpu', threads: 2 })).rejects.toThrow(
      'webgpu cannot be used: a graphics processor has no threads to choose, but threads is 2; leave threads out',
    );
  });

  it.skipIf(noAdapter !== '')(`says what a WebGPU adapter is, and keeps its device${noAdapter}`, async () => {
    const report = await engine({ use: 'webgpu' });
    expect(report).toMatchObject({ name: 'webgpu', threads: 0, deterministic: false, fusedAdam: false });
    expect(report.library?.origin).toMatch(/^webgpu \d+\.\d+\.\d+ \(Dawn\)$/);
    expect(described(report)).toMatch(/^engine {3}webgpu \(TensorFlow.js 4.22.0\)\nlibrary {2}webgpu/);
    const x = tensor([1, -2]);
    const y = relu(x);
    await engine({ use: 'cpu' });
    await engine({ use: 'webgpu' });
    expect([...y.dataSync()]).toEqual([1, 0]);
    dispose([x, y]);
  });

  it('refuses more threads than JavaScript has only when that was asked for by name', async () => {
    await expect(engine({ use: 'wasm', threads: 4 })).rejects.toThrow(
      'wasm cannot be used: it computes with one thread in Node, not 4',
    );
  });

  it.each([
    [{ use: 'gpu' }, /^use must be one of 'tfjs-node-gpu', 'torch-cuda', .* but is 'gpu'$/],
    [{ autotune: 1 }, /^autotune must be one of true, false, but is 1$/],
    [{ autotune: true, deterministic: true }, /^autotune and deterministic exclude each other, but both are true$/],
    [{ threads: 0 }, /^threads must be a whole number of at least 1, but is 0$/],
    [
      { backend: 'cpu' },
      /^engine has no option 'backend'; it takes use, threads, precision, autotune, deterministic, tensorFloat32$/,
    ],
  ])('refuses the options %o', async (options, sentence) => {
    const trial = engine(options as never);
    await expect(trial).rejects.toThrow(sentence);
    await expect(trial).rejects.not.toBeInstanceOf(EngineError);
    await expect(trial).rejects.toBeInstanceOf(TypeError);
  });
});
