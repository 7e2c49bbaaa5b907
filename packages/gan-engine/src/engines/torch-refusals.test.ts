import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engine } from '../engine.js';
import { EngineError } from '../engine-error.js';
import { hasNvidiaDriver, mayHaveGraphics } from '../libtorch/graphics.js';

let folder: string;
const before = process.env['GAN_LIBTORCH'];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gan-wrong-'));
  process.env['GAN_LIBTORCH'] = folder;
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  if (before === undefined) delete process.env['GAN_LIBTORCH'];
  else process.env['GAN_LIBTORCH'] = before;
});

const put = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);

/** The header of a 64-bit ELF file of which one segment reaches up to byte 4096, and nothing after it. */
function cutLibrary(): Buffer {
  const bytes = Buffer.alloc(64 + 56);
  bytes.write('\x7fELF\x02\x01\x01', 'latin1');
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(1, 56);
  bytes.writeUInt32LE(1, 64);
  bytes.writeBigUInt64LE(4096n, 64 + 32);
  return bytes;
}

describe.skipIf(process.platform !== 'linux')('a wrong GAN_LIBTORCH', () => {
  const refused = async (sentence: RegExp) => {
    for (const use of ['torch-cpu', undefined] as const) {
      const trial = engine(use === undefined ? {} : { use });
      await expect(trial).rejects.toThrow(sentence);
      await expect(trial).rejects.toBeInstanceOf(EngineError);
    }
  };

  it('is refused where it holds none, whether libtorch was asked for or not', async () => {
    await refused(
      /^GAN_LIBTORCH must be the absolute path of the folder that holds libtorch_cpu.so, but \S+ holds none$/,
    );
  });

  it('is refused where it holds half of one', async () => {
    put('libtorch_cpu.so', cutLibrary());
    await refused(/^GAN_LIBTORCH is \S+, but folder must hold libc10.so/);
  });

  it('is refused where the library is none', async () => {
    put('libtorch_cpu.so', 'text');
    put('libc10.so', 'text');
    await refused(/^GAN_LIBTORCH is \S+, but \S+libc10.so is not a shared library/);
  });

  it('is refused where the library was cut short', async () => {
    put('libtorch_cpu.so', cutLibrary());
    put('libc10.so', cutLibrary());
    await refused(/^GAN_LIBTORCH is \S+, but \S+libc10.so is damaged: it ends after 120 bytes of at least 4096$/);
  });

  it('does not matter to an engine without libtorch', async () => {
    expect((await engine({ use: 'cpu' })).name).toBe('cpu');
  });
});

describe.skipIf(process.platform !== 'linux')('hasNvidiaDriver', () => {
  it('looks for the device of the driver, or what stands for it beneath Windows', () => {
    expect(hasNvidiaDriver(() => false)).toBe(false);
    expect(hasNvidiaDriver((path) => path === '/dev/nvidiactl')).toBe(true);
    expect(hasNvidiaDriver((path) => path === '/usr/lib/wsl/lib/libcuda.so.1')).toBe(true);
  });
});

describe.skipIf(process.platform !== 'linux')('mayHaveGraphics', () => {
  it('looks for a device that renders, of whatever make, or what stands for one beneath Windows', () => {
    const withCards = (...cards: string[]) =>
      mayHaveGraphics(
        (path) => path === '/dev/dri',
        () => cards,
      );
    expect(mayHaveGraphics(() => false)).toBe(false);
    expect(mayHaveGraphics((path) => path === '/dev/nvidiactl')).toBe(true);
    expect(mayHaveGraphics((path) => path === '/dev/dxg')).toBe(true);
    expect(withCards('card0', 'renderD128')).toBe(true);
    // A display without a processor, as of virtual machines.
    expect(withCards('card0')).toBe(false);
  });
});
