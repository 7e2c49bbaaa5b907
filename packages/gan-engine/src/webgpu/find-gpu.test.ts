import { afterEach, describe, expect, it } from 'vitest';
import { findGpu } from './find-gpu.js';

const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');

afterEach(() => {
  if (before) Object.defineProperty(globalThis, 'navigator', before);
  else Reflect.deleteProperty(globalThis, 'navigator');
});

const failing = (message: string) => () => Promise.reject(new Error(message));

describe('findGpu', () => {
  it.each([
    ["Cannot find package 'webgpu' imported from /x.js", /webgpu is not installed; `npm install webgpu @tensorflow/],
    [
      'libvulkan.so.1: no such file\n    at x',
      /webgpu does not load: libvulkan.so.1: no such file; choose another engine$/,
    ],
  ])('says of "%s" what to do', async (message, sentence) => {
    const trial = findGpu(failing(message));
    await expect(trial).rejects.toThrow(sentence);
    await expect(trial).rejects.toMatchObject({ name: 'EngineError', engine: 'webgpu' });
  });

  it("takes a page's own before the package's", async () => {
    const gpu = {};
    Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
    expect((await findGpu(failing('not asked for'))).gpu).toBe(gpu);
  });
});
