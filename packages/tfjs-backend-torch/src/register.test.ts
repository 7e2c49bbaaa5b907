import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getKernelsForBackend, memory, setBackend } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeOnTorch, folder } from './differential.fixture.js';
import { liveHandles } from './native/handle.js';
import { registerTorch } from './register.js';

describeOnTorch('registering the backend', () => {
  it('says what was loaded, and holds nothing', async () => {
    const info = await registerTorch({ folder: folder! });
    expect(info.version).toMatch(/^2\.\d+\.\d+$/);
    // vitest.config.ts sets OMP_NUM_THREADS to 1.
    expect(info).toMatchObject({ threads: 1, devices: ['cpu'] });
    expect(liveHandles()).toBe(0);
  });

  it('may be done again, but not with another library', async () => {
    const kernels = getKernelsForBackend('torch').length;
    await registerTorch({ folder: folder! });
    expect(getKernelsForBackend('torch')).toHaveLength(kernels);
    const other = mkdtempSync(join(tmpdir(), 'gan-torch-'));
    for (const name of ['libc10', 'libtorch_cpu'])
      for (const end of ['.so', '.dylib']) writeFileSync(join(other, name + end), '');
    const sentence = `folder must be ${folder}, which this process has loaded, but is ${other}`;
    await expect(registerTorch({ folder: other })).rejects.toThrow(new TypeError(sentence));
    rmSync(other, { recursive: true });
  });

  it('gives the backend under its name, with true numbers', async () => {
    await setBackend('torch');
    expect(memory()).toMatchObject({ unreliable: false, numHandles: 0, numBytesInTorch: 0 });
    expect(getKernelsForBackend('torch').length).toBeGreaterThanOrEqual(140);
  });
});
