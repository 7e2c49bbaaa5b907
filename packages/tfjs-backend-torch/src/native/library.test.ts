import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folder as libtorch } from '../differential.fixture.js';
import { registerTorch } from '../register.js';
import { tinyLibrary } from './tiny-library.fixture.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gan-torch-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const elsewhere = process.platform !== 'linux';

describe('a folder that holds no libtorch', () => {
  it('must be an absolute path', async () => {
    const sentence = 'folder must be the absolute path of the folder that holds libtorch_cpu';
    await expect(registerTorch({ folder: 'torch/lib' })).rejects.toThrow(sentence);
    await expect(registerTorch({ folder: undefined as never })).rejects.toThrow(TypeError);
  });

  it('must be a folder', async () => {
    await expect(registerTorch({ folder: join(folder, 'absent') })).rejects.toThrow('is no folder');
  });

  it('must hold both libraries', async () => {
    await expect(registerTorch({ folder })).rejects.toThrow(/^folder must hold .*c10.*, but .* has no such file$/);
  });
});

describe.skipIf(elsewhere)('a library that is not what its name says', () => {
  const write = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);

  it('is refused when it is text', async () => {
    write('libc10.so', 'not a library');
    write('libtorch_cpu.so', 'not a library');
    await expect(registerTorch({ folder })).rejects.toThrow(
      'libc10.so is not a shared library: it does not start as an ELF file',
    );
  });

  it('is refused when it is of 32 bits', async () => {
    const header = Buffer.alloc(64);
    header.writeUInt32LE(0x464c457f, 0);
    header[4] = 1;
    write('libc10.so', header);
    write('libtorch_cpu.so', header);
    await expect(registerTorch({ folder })).rejects.toThrow('libc10.so is not a 64-bit library');
  });
});

/** Registers what is in the folder, in a process of its own: what is once loaded stays loaded. */
const attempt = (): string => {
  const source = join(import.meta.dirname, '..', 'register.ts');
  const program = `import(${JSON.stringify(source)}).then(({ registerTorch }) => registerTorch({ folder: ${JSON.stringify(folder)} })).then((info) => console.log(JSON.stringify(info)), (error) => console.log(String(error)));`;
  return execFileSync(process.execPath, ['--import', 'tsx', '-e', program], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
};

describe.skipIf(elsewhere || process.arch !== 'x64')('a libtorch of another version', () => {
  const put = (name: string, value: bigint) => {
    writeFileSync(join(folder, 'libc10.so'), tinyLibrary('nothing', 0n));
    writeFileSync(join(folder, 'libtorch_cpu.so'), tinyLibrary(name, value));
  };

  // Packed as libtorch does: a byte each of major, minor and patch, from the top.
  it.each([
    ['2.10.0', 0x020a_0000_0000_0000n],
    ['1.13.1', 0x010d_0100_0000_0000n],
    ['2.16.0', 0x0210_0000_0000_0000n],
    ['3.0.0', 0x0300_0000_0000_0000n],
  ])('%s is refused before anything else of it is called', (version, packed) => {
    put('aoti_torch_abi_version', packed);
    expect(attempt()).toBe(
      `TorchError: ${join(folder, 'libtorch_cpu.so')} is libtorch ${version}, but 2.11 to 2.15 is needed`,
    );
  });

  it('is refused if it lacks a function, whatever its number', () => {
    put('aoti_torch_abi_version', 0x020f_0000_0000_0000n);
    expect(attempt()).toMatch(
      /libtorch_cpu\.so is not libtorch 2\.11 to 2\.15: it has no function torch_get_num_threads$/,
    );
  });

  it('is no libtorch if it does not tell', () => {
    put('something_else', 1n);
    expect(attempt()).toMatch(/libtorch_cpu\.so is not libtorch: it has no function aoti_torch_abi_version$/);
  });
});

describe.skipIf(elsewhere || libtorch === undefined)('a real library (needs libtorch: set GAN_LIBTORCH)', () => {
  it('cut short is refused with its size, before it is loaded', () => {
    cpSync(join(libtorch!, 'libc10.so'), join(folder, 'libc10.so'));
    truncateSync(join(folder, 'libc10.so'), 200_000);
    writeFileSync(join(folder, 'libtorch_cpu.so'), '');
    expect(attempt()).toMatch(/^TorchError: .*libc10\.so is damaged: it ends after 200000 bytes of at least \d+$/);
  });
});
