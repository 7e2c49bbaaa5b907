import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { elfNeeds } from './elf-needs.js';
import { licencePins } from './licence-pins.js';
import { assertComplete, noticesOf } from './notices.js';
import { tinyElf } from './tiny-elf.fixture.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gan-notices-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, bytes: Buffer | string) => writeFileSync(join(folder, name), bytes);
const names = () => noticesOf(folder).map(({ name }) => name);

describe('noticesOf', () => {
  it('has a notice of each library, once', () => {
    put('libc10.so', tinyElf(['libstdc++.so.6', 'libc.so.6']));
    put('libgomp.so.1', tinyElf(['libdl.so.2']));
    put('libtorch_cpu.so', tinyElf(['libc10.so', 'libgomp.so.1', 'ld-linux-x86-64.so.2']));
    expect(names()).toEqual(['PyTorch, with what it has built in', 'libgomp, as AlmaLinux 8 builds it (GCC 8.5.0)']);
  });

  it('refuses a library without a notice', () => {
    put('libarm_compute.so', tinyElf([]));
    expect(names).toThrow('libarm_compute.so must have a notice in tools/platform-package, but has none');
  });

  it('refuses a library that is needed and that nobody brings', () => {
    put('libtorch_cpu.so', tinyElf(['libc.so.6', 'libopenblas.so.0']));
    expect(names).toThrow(
      'what libtorch_cpu.so needs must lie beside it or be a part of the system, but libopenblas.so.0 is neither',
    );
  });

  it('has a notice of what is linked in, wherever in the file its trace lies', () => {
    for (const before of [0, (1 << 22) - 10, (1 << 22) + 10]) {
      put('libc10.so', tinyElf([], `${'.'.repeat(before)}oneAPI Deep Neural Network Library`));
      expect(names()).toHaveLength(1);
      put('libc10.so', tinyElf([], `${'.'.repeat(before)}Intel oneAPI Math Kernel Library and _gfortran_stop`));
      expect(names()).toEqual(['PyTorch, with what it has built in', 'Intel oneMKL', 'libgfortran (GCC)']);
    }
  });

  it('refuses what is no ELF library', () => {
    put('libc10.so', 'text');
    expect(names).toThrow(/libc10\.so must be a whole ELF library, but ends before byte 64$/);
    put('libc10.so', 'text'.repeat(100));
    expect(names).toThrow(/libc10\.so must be a 64-bit, little-endian ELF library, but does not start as one$/);
  });
});

describe('assertComplete', () => {
  const notices = [{ name: 'a', licence: 'MIT', texts: ['a--', 'shared'] }];
  it('takes the terms of all, and nothing else', () => {
    expect(() => assertComplete(notices, ['a--LICENSE', 'shared.txt'])).not.toThrow();
    expect(() => assertComplete(notices, ['a--LICENSE'])).toThrow('the terms of a must be in a file shared…');
    expect(() => assertComplete(notices, ['a--LICENSE', 'shared.txt', 'b--LICENSE'])).toThrow(
      'but b--LICENSE is of none',
    );
  });
});

const libtorch = process.env['GAN_LIBTORCH'];
const here = process.platform === 'linux' && process.arch === 'x64' && libtorch !== undefined;
const readelf = () => {
  try {
    return execFileSync('readelf', ['--version'], { stdio: 'ignore' }) !== undefined;
  } catch {
    return false;
  }
};

describe.skipIf(!here)('the libraries of Linux on x64 (needs libtorch there: set GAN_LIBTORCH)', () => {
  it('are linked with what there are notices of, and the terms of all are pinned', () => {
    const notices = noticesOf(libtorch!);
    expect(notices.map(({ name }) => name).sort()).toEqual([
      'Intel oneMKL',
      'NVIDIA CUDA Profiling Tools Interface',
      'NVIDIA CUDA Runtime',
      'PyTorch, with what it has built in',
      'libgomp, as AlmaLinux 8 builds it (GCC 8.5.0)',
    ]);
    const fetched = licencePins('linux-x64')!.flatMap(({ files }) => files.map((file) => file.as));
    const own = readdirSync(new URL('./licences', import.meta.url));
    expect(() => assertComplete(notices, [...fetched, ...own])).not.toThrow();
    for (const left of ['mkl--', 'nvidia--', 'torch--'])
      expect(() =>
        assertComplete(
          notices,
          [...fetched, ...own].filter((text) => !text.startsWith(left)),
        ),
      ).toThrow(left);
  });

  it.skipIf(!readelf())('need what readelf says (needs readelf)', () => {
    for (const name of readdirSync(libtorch!)) {
      const printed = execFileSync('readelf', ['--dynamic', join(libtorch!, name)], { encoding: 'utf8' });
      const expected = [...printed.matchAll(/\(NEEDED\).*\[(.+)\]/g)].map((match) => match[1]);
      expect(expected.length).toBeGreaterThan(2);
      expect(elfNeeds(join(libtorch!, name))).toEqual(expected);
    }
  });
});
