import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import {
  backend,
  getBackend,
  greater,
  memory,
  mul,
  sin,
  tensor,
  engine as tfjs,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { engine } from '../engine.js';
import { EngineError } from '../engine-error.js';
import { replaceKernel } from '../kernels/replace-kernel.js';
import { storageOf } from '../kernels/storage.js';
import { noAdapter } from './adapter.fixture.js';
import { elementwise } from './elementwise.js';
import type { WebGPUStorage } from './storage.js';

const nonsense = () => {
  replaceKernel('webgpu', 'Nonsense', () => elementwise('Nonsense', 'fn mapped(x : f32) -> f32 { return more(x); }'));
  return tfjs().runKernel('Nonsense', { x: tensor([1, 2]) });
};

describe.skipIf(noAdapter !== '')(`a device${noAdapter}`, () => {
  beforeAll(() => engine({ use: 'webgpu' }));

  it('gives its numbers at once or later, also of a tensor that is disposed of meanwhile', async () => {
    const x = tensor([1, 2, 3]);
    const [now, later] = [sin(x), sin(x)];
    expect([...now.dataSync()]).toEqual([...(await later.data())]);
    expect(now.dataSync()[0]).toBeCloseTo(Math.sin(1), 6);
    const gone = sin(x);
    const reading = gone.data();
    gone.dispose();
    expect([...(await reading)]).toEqual([...now.dataSync()]);
    for (const t of [x, now, later]) t.dispose();
  });

  it('throws where a kernel is refused, computes what came before it all the same, and goes on', () => {
    const [tensors, data] = [memory().numTensors, backend().numDataIds()];
    tidy(() => {
      const before = sin(tensor([1]));
      expect(nonsense).toThrow(EngineError);
      expect(nonsense).toThrow(
        /^webgpu cannot be used: .+ refused a command: Error while parsing WGSL.*unresolved call target 'more'/s,
      );
      expect(before.dataSync()[0]).toBeCloseTo(Math.sin(1), 6);
      expect(sin(tensor([2])).dataSync()[0]).toBeCloseTo(Math.sin(2), 6);
    });
    expect(memory().numTensors).toBe(tensors);
    expect(backend().numDataIds()).toBe(data);
  });

  it('lets a process end by itself', async () => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL('exit.child.ts', import.meta.url))],
      {
        timeout: 50_000,
      },
    );
    let printed = '';
    child.stdout.on('data', (bytes) => {
      printed += bytes;
    });
    const [code, signal] = await once(child, 'close');
    expect({ code, signal, printed }).toEqual({ code: 0, signal: null, printed: '2,4,6 2,4,6' });
  });

  it('says that it was lost, and makes room for another', async () => {
    const lost = await engine({ use: 'webgpu' });
    const x = tensor([1, 2, 3]);
    const held = where(greater(x, 0), x, x);
    expect(await engine({ use: 'webgpu' })).toBe(lost);
    storageOf<WebGPUStorage>(backend()).device.destroy();
    await expect(held.data()).rejects.toThrow(
      /^webgpu cannot be used: .+ was lost \(destroyed\): .*; call engine\(\) again and go on from a checkpoint$/,
    );
    expect(() => sin(held)).toThrow(EngineError);
    const found = await engine({ use: 'webgpu' });
    expect(found).not.toBe(lost);
    expect(getBackend()).toBe('webgpu');
    expect([...tidy(() => mul(where(greater(tensor([1, 2]), 0), 3, 4), 2).dataSync())]).toEqual([6, 6]);
    held.dispose();
    x.dispose();
  });
});
