import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { currentEngine } from '@gan/core';
import {
  dispose,
  getBackend,
  getGradient,
  getKernel,
  getKernelsForBackend,
  grad,
  leakyRelu,
  maxPool,
  memory,
  square,
  sum,
  type Tensor,
  type Tensor4D,
  tensor,
  tidy,
  topk,
} from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { engine } from '../engine.js';
import { tfjsNodeGpuWhere } from '../engines/tensorflow.js';
import { describe as described } from '../report.js';

const folder = process.env['GAN_TFJS_NODE'];

/** What Node 23 removed; here it is taken away before tfjs-node loads, whatever Node this is. */
const REMOVED = ['isNullOrUndefined', 'isArray'];

/** A project like the one that was built, but without the binding. */
function withoutBinding(place: string): string {
  const [from, to] = [join(folder!, 'node_modules'), join(place, 'node_modules')];
  mkdirSync(join(to, '@tensorflow'), { recursive: true });
  for (const name of readdirSync(from))
    if (name !== '@tensorflow') symlinkSync(realpathSync(join(from, name)), join(to, name));
  for (const name of readdirSync(join(from, '@tensorflow'))) {
    const [own, copy] = [join(from, '@tensorflow', name), join(to, '@tensorflow', name)];
    if (name === 'tfjs-node') cpSync(own, copy, { recursive: true, filter: (path) => path !== join(own, 'lib') });
    else symlinkSync(realpathSync(own), copy);
  }
  return place;
}

const skipped = folder === undefined ? ' (skipped: `npm run tfjs-node` builds one, GAN_TFJS_NODE names it)' : '';

describe.skipIf(folder === undefined)(`tfjs-node as it was built${skipped}`, () => {
  const warned = vi.spyOn(console, 'warn');
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'gan-tfjs-')));
  beforeAll(async () => {
    const util: Record<string, unknown> = createRequire(import.meta.url)('node:util');
    for (const name of REMOVED) delete util[name];
    await engine({ use: 'cpu' });
  });
  afterAll(() => {
    process.env['GAN_TFJS_NODE'] = folder;
    rmSync(temporary, { recursive: true });
  });

  it('is refused where its native part is missing', async () => {
    process.env['GAN_TFJS_NODE'] = withoutBinding(temporary);
    await expect(engine({ use: 'tfjs-node' })).rejects.toThrow(
      /^tfjs-node cannot be used: the native part of @tensorflow\/tfjs-node is missing: its install script was blocked/,
    );
    process.env['GAN_TFJS_NODE'] = folder;
    expect(getBackend()).toBe('cpu');
  });

  it('for graphics processors is refused where there is no driver, and not loaded', async () => {
    await expect(tfjsNodeGpuWhere(() => false).open({ threads: undefined, byName: true })).rejects.toThrow(
      /^tfjs-node-gpu cannot be used: this machine has no driver for NVIDIA graphics processors/,
    );
    expect(getKernelsForBackend('tensorflow')).toEqual([]);
  });

  it('for graphics processors is refused, twice, where it loads and sees none, and leaves nothing behind', async () => {
    for (let k = 0; k < 2; k++)
      await expect(tfjsNodeGpuWhere(() => true).open({ threads: 1, byName: true })).rejects.toThrow(
        /^tfjs-node-gpu cannot be used: it loads but sees no graphics processor; it wants CUDA 11.2/,
      );
    expect(getKernelsForBackend('tensorflow')).toEqual([]);
  });

  it('is chosen by its name, with as many threads as are asked for', async () => {
    const report = await engine({ use: 'tfjs-node', threads: 1 });
    expect(report).toMatchObject({ name: 'tfjs-node', device: 'cpu', threads: 1, deterministic: false });
    expect(report.library).toEqual({ folder, origin: 'GAN_TFJS_NODE' });
    expect(report.version).toMatch(/^2\.\d+\.\d+$/);
    expect(described(report)).toContain(`engine   tfjs-node (TensorFlow ${report.version}, 1 thread)\n`);
    expect(getBackend()).toBe('tensorflow');
    expect(currentEngine()?.name).toBe('tfjs-node');
    await expect(engine({ use: 'tfjs-node', threads: 2 })).rejects.toThrow(/^TensorFlow was loaded with 1 thread, and/);
    expect(warned).not.toHaveBeenCalled();
  });

  it('refuses the one for graphics processors beside it', async () => {
    await expect(tfjsNodeGpuWhere(() => true).open({ threads: undefined, byName: true })).rejects.toThrow(
      'tfjs-node-gpu cannot be used: tfjs-node is loaded, and both have the same name for TensorFlow.js',
    );
    expect((await engine({ use: 'tfjs-node' })).name).toBe('tfjs-node');
  });

  it('has every kernel that JavaScript has', () => {
    const names = getKernelsForBackend('cpu').map(({ kernelName }) => kernelName);
    expect(names.length).toBeGreaterThan(150);
    expect(names.filter((name) => getKernel(name, 'tensorflow') === undefined)).toEqual([]);
  });

  it('computes what calls the functions that Node 23 removed', () => {
    const { values, indices } = topk(tensor([1, 5, 3, 4]), 2);
    expect([...values.dataSync(), ...indices.dataSync()]).toEqual([5, 4, 1, 3]);
    dispose([values, indices]);
  });

  it('leaves our gradients in place, which its own bundle registers anew', () => {
    expect(getGradient('LeakyRelu')).toBeDefined();
    // f = max(x, x/2)^2 / 2 has the second derivative 1 above zero and 1/4 below; the stock gradients throw.
    const curvature = grad((x) => sum(grad((x) => sum(square(leakyRelu(x, 0.5))))(x)));
    expect([...tidy(() => curvature(tensor([3, -3])).dataSync())]).toEqual([2, 0.5]);
    // The sum of squares of the maxima, whose gradient's square has the slope 8 max at the maximum.
    const slopes = (x: Tensor) => grad((x: Tensor) => sum(square(maxPool(x as Tensor4D, 2, 2, 'valid'))))(x);
    const picture = tensor([1, 2, 3, 4], [1, 2, 2, 1]);
    expect([...tidy(() => grad((x) => sum(square(slopes(x))))(picture).dataSync())]).toEqual([0, 0, 0, 32]);
  });

  it('holds no more tensors after hundreds of steps than before, nor much more memory', async () => {
    const x = tensor(new Float32Array(2 ** 16), [256, 256]);
    const step = () => tidy(() => grad((x) => sum(square(leakyRelu(x))))(x).dataSync()[0]);
    for (let k = 0; k < 50; k++) step();
    const [tensors, resident] = [memory().numTensors, process.memoryUsage.rss()];
    for (let k = 0; k < 300; k++) step();
    expect(memory().numTensors).toBe(tensors);
    // Each step makes more than a megabyte; were it kept, it would be 300.
    expect(process.memoryUsage.rss() - resident).toBeLessThan(100 * 2 ** 20);
    x.dispose();
  });
});
