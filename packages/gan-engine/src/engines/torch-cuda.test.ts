import { afterEach, describe, expect, it, vi } from 'vitest';
import { engine } from '../engine.js';

/** As on a machine with NVIDIA's driver, which this one may have none of. */
vi.mock('../libtorch/graphics.js', () => ({ hasNvidiaDriver: () => true, hasAppleGraphics: () => false }));

const [cpu, cuda] = [process.env['GAN_LIBTORCH'], process.env['GAN_LIBTORCH_CUDA']];

afterEach(() => {
  if (cpu === undefined) delete process.env['GAN_LIBTORCH'];
  else process.env['GAN_LIBTORCH'] = cpu;
});

// What is once loaded stays loaded: in this order.
describe('torch-cuda', () => {
  it.skipIf(cpu === undefined)(
    'says how to get a libtorch with CUDA where there is another (needs libtorch: set GAN_LIBTORCH)',
    async () => {
      await expect(engine({ use: 'torch-cuda' })).rejects.toThrow(
        /^torch-cuda cannot be used: there is no libtorch with CUDA on this machine; .*CUDA in your Python.* used as it is$/,
      );
    },
  );

  it.skipIf(cuda === undefined)(
    'says what CUDA says, and leaves the processor to torch-cpu (needs libtorch with CUDA: set GAN_LIBTORCH_CUDA)',
    async () => {
      process.env['GAN_LIBTORCH'] = cuda;
      await expect(engine({ use: 'torch-cuda' })).rejects.toThrow(
        `torch-cuda cannot be used: ${cuda}: there is no driver for NVIDIA graphics processors, which CUDA 13`,
      );
      const report = await engine();
      expect(report).toMatchObject({ name: 'torch-cpu', library: { folder: cuda } });
      expect(report.skipped.find(({ name }) => name === 'torch-cuda')?.reason).toContain('there is no driver');
    },
  );

  it.skipIf(cpu === undefined || cuda !== undefined)(
    'says so where a libtorch without CUDA is loaded (needs libtorch: set GAN_LIBTORCH)',
    async () => {
      await engine({ use: 'torch-cpu' });
      await expect(engine({ use: 'torch-cuda' })).rejects.toThrow(
        `torch-cuda cannot be used: this process has loaded ${cpu}, a libtorch without CUDA; ask for torch-cuda first; `,
      );
    },
  );
});
