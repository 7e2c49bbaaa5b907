import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../packages/gan-engine/src/engine-error.js';
import { assembled, assemblyPins } from './assembled.js';
import { fakeWheels } from './fake-wheels.fixture.js';
import { tinyElf } from './tiny-elf.fixture.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gan-assembled-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const into = () => join(folder, 'out', 'package');
const library = tinyElf(['libgomp.so.1', 'libc.so.6']);
const members = {
  'torch/lib/libtorch_cpu.so': library,
  'torch/lib/libgomp.so.1': tinyElf(['libc.so.6']),
  'torch-1.dist-info/licenses/LICENSE': Buffer.from('terms of PyTorch'),
};
const names = { 'torch-1.dist-info/licenses/LICENSE': 'torch--LICENSE' };

/** Assembles a package out of a wheel with these members. */
const assemble = (of: Readonly<Record<string, Buffer>>, pinned: Readonly<Record<string, Buffer>> = of) => {
  const { pins, env } = fakeWheels(folder, { members: of, pinned, names });
  return assembled({ platform: 'linux-x64', into: into(), pins, env });
};
const left = () => readdirSync(join(folder, 'out'));

describe.skipIf(process.platform === 'win32')('assembled', () => {
  it('makes a package for one system, with the libraries, their terms and the page that names both', async () => {
    expect(await assemble(members)).toHaveLength(2);
    expect(left()).toEqual(['package']);
    expect(readdirSync(into(), { recursive: true }).sort()).toEqual([
      'NOTICES.md',
      'README.md',
      'lib',
      'lib/libgomp.so.1',
      'lib/libtorch_cpu.so',
      'licences',
      'licences/gcc-runtime-library-exception-3.1.txt',
      'licences/gpl-3.0.txt',
      'licences/torch--LICENSE',
      'package.json',
    ]);
    expect(readFileSync(join(into(), 'lib', 'libtorch_cpu.so')).equals(library)).toBe(true);
    expect(JSON.parse(readFileSync(join(into(), 'package.json'), 'utf8'))).toMatchObject({
      name: '@gan/libtorch-linux-x64',
      version: '9.9.9',
      os: ['linux'],
      cpu: ['x64'],
      libc: ['glibc'],
    });
    const page = readFileSync(join(into(), 'NOTICES.md'), 'utf8');
    for (const text of readdirSync(join(into(), 'licences'))) expect(page).toContain(`](licences/${text})`);
    expect(page).toContain('GPL-3.0-or-later WITH GCC-exception-3.1. Its source: https://gcc.gnu.org/');
  });

  it('leaves nothing where a file is another than the pinned one', async () => {
    const other = { ...members, 'torch/lib/libtorch_cpu.so': Buffer.from(library).fill(0xff, library.length - 2) };
    const failed = assemble(other, members);
    await expect(failed).rejects.toBeInstanceOf(EngineError);
    await expect(failed).rejects.toThrow('a torch/lib/libtorch_cpu.so of another SHA-256 than the pinned one');
    expect(left()).toEqual([]);
  });

  it('leaves nothing where a library has no terms', async () => {
    const { 'torch-1.dist-info/licenses/LICENSE': _, ...without } = members;
    await expect(assemble(without)).rejects.toThrow('must be in a file torch--…, but there is none');
    const more = { ...members, 'torch/lib/libopenblas.so.0': tinyElf([]) };
    await expect(assemble(more)).rejects.toThrow('libopenblas.so.0 must have a notice');
    expect(left()).toEqual([]);
  });

  it('takes no folder that is there', async () => {
    await assemble(members);
    await expect(assemble(members)).rejects.toThrow(/^into must be a folder that is not there yet, but .*package is$/);
  });
});

describe('assemblyPins', () => {
  it('are the libraries that gan-engine installs, and terms beside them', () => {
    const { packages } = assemblyPins('linux-x64');
    const files = packages.flatMap((each) => each.files);
    expect(files.filter(({ as }) => as === undefined).map(({ member }) => member.split('/').at(-1))).toEqual([
      'libc10.so',
      'libtorch_cpu.so',
      'libgomp.so.1',
      'libcudart.so.13',
      'libcupti.so.13',
    ]);
    expect(new Set(files.map(({ as, member }) => as ?? member)).size).toBe(files.length);
  });

  it.each(['linux-arm64', 'darwin-arm64', 'win32-x64', 'sunos-sparc'])(
    'refuses %s, whose terms are not collected',
    (platform) => {
      expect(() => assemblyPins(platform)).toThrow(TypeError);
      expect(() => assemblyPins(platform)).toThrow(`but is ${platform}`);
    },
  );
});
