import { describe, expect, it } from 'vitest';
import { assertHardware } from '../engines/webgpu.js';
import { findAdapter } from './adapter.js';

const info = { vendor: '', architecture: '', device: '', description: '', isFallbackAdapter: false };
const gpuWith = (own: Partial<typeof info> | null) =>
  ({ requestAdapter: async () => own && { info: { ...info, ...own } } }) as unknown as GPU;

describe('findAdapter', () => {
  it.each([
    [{ device: 'AMD Radeon RX 7600', description: 'RADV', vendor: 'amd' }, 'AMD Radeon RX 7600', false],
    [{ vendor: 'intel', architecture: 'xe' }, 'intel xe', false],
    [{}, 'unnamed', false],
    [{ device: 'any', isFallbackAdapter: true }, 'any', true],
    // As Dawn 0.6 and Mesa name the drivers that compute on the processor.
    [
      { vendor: 'google', architecture: 'swiftshader', device: 'SwiftShader Device (Subzero)' },
      'SwiftShader Device (Subzero)',
      true,
    ],
    [{ vendor: 'mesa', device: 'llvmpipe (LLVM 15.0.6, 256 bits)' }, 'llvmpipe (LLVM 15.0.6, 256 bits)', true],
    [{ device: 'Microsoft Basic Render Driver' }, 'Microsoft Basic Render Driver', true],
  ])('of %o knows the name and whether a program plays it', async (own, name, software) => {
    expect(await findAdapter(gpuWith(own))).toMatchObject({ name, software });
  });

  it('says that there is none', async () => {
    await expect(findAdapter(gpuWith(null))).rejects.toThrow(
      /^webgpu cannot be used: no graphics processor with a driver for Vulkan, Metal or Direct3D 12 was found; install its driver/,
    );
  });

  it('finds one of software not good enough to be chosen', async () => {
    const found = await findAdapter(gpuWith({ device: 'llvmpipe' }));
    expect(() => assertHardware(found)).toThrow(
      "webgpu cannot be used: its only adapter is a program on the processor (llvmpipe); `engine({ use: 'webgpu' })` uses it all the same, slowly",
    );
    const real = await findAdapter(gpuWith({ device: 'AMD Radeon RX 7600' }));
    expect(() => assertHardware(real)).not.toThrow();
  });
});
