import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folder as libtorch } from '../differential.fixture.js';
import { registerTorch } from '../register.js';

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

describe.skipIf(elsewhere || libtorch === undefined)('a real library (needs libtorch: set GAN_LIBTORCH)', () => {
  // Each in a process of its own: what is once loaded stays loaded.
  const attempt = (): string => {
    const source = join(import.meta.dirname, '..', 'register.ts');
    const program = `import(${JSON.stringify(source)}).then(({ registerTorch }) => registerTorch({ folder: ${JSON.stringify(folder)} })).then((info) => console.log(JSON.stringify(info)), (error) => console.log(String(error)));`;
    return execFileSync(process.execPath, ['--import', 'tsx', '-e', program], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  };

  it('cut short is refused with its size, before it is loaded', () => {
    cpSync(join(libtorch!, 'libc10.so'), join(folder, 'libc10.so'));
    truncateSync(join(folder, 'libc10.so'), 200_000);
    writeFileSync(join(folder, 'libtorch_cpu.so'), '');
    expect(attempt()).toMatch(/^TorchError: .*libc10\.so is damaged: it ends after 200000 bytes of at least \d+$/);
  });

  it('of another kind is refused with what it lacks', () => {
    cpSync(join(libtorch!, 'libc10.so'), join(folder, 'libc10.so'));
    cpSync(join(libtorch!, 'libgomp.so.1'), join(folder, 'libtorch_cpu.so'));
    expect(attempt()).toMatch(
      /^TorchError: .*libtorch_cpu\.so is not libtorch: it has no function aoti_torch_abi_version$/,
    );
  });
});
