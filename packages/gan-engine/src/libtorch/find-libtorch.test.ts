import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../engine-error.js';
import { findLibtorch } from './find-libtorch.js';
import { isUsable, RANGE, versionIn } from './libtorch.js';
import { pinnedVersion, pinnedVersions, pinsOf } from './pins.js';
import { cacheFolder, cudaLibraryName, libraryName, platformName } from './platform.js';
import { platformPackageName } from './platform-package.js';
import { isStandIn, programs } from './programs.js';

let folder: string;
let env: NodeJS.ProcessEnv;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gan-find-'));
  env = { PATH: join(folder, 'bin'), HOME: folder, XDG_CACHE_HOME: join(folder, 'cache') };
  mkdirSync(join(folder, 'bin'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A folder of packages with a PyTorch in it. */
function torch(name: string, version: string): string {
  const lib = join(folder, name, 'torch', 'lib');
  mkdirSync(lib, { recursive: true });
  writeFileSync(join(lib, libraryName()), '');
  writeFileSync(join(folder, name, 'torch', 'version.py'), `from typing import Optional\n__version__ = '${version}'\n`);
  return lib;
}

/** A Python that prints what it is told, and writes down how it was called. */
function python(name: string, prints: string): void {
  const path = join(folder, 'bin', name);
  writeFileSync(path, `#!/bin/sh\npwd > ${folder}/cwd\necho "$1 $2" > ${folder}/arguments\n${prints}\n`);
  chmodSync(path, 0o755);
}
const printing = (...sites: string[]) => `echo '${JSON.stringify(sites.map((site) => join(folder, site)))}'`;

/** Puts a library where our cache would. */
function cached(cuda = false): string {
  const place = join(cacheFolder(env), `${pinnedVersion}-${platformName()}${cuda ? '-cuda' : ''}`);
  mkdirSync(place, { recursive: true });
  for (const name of [libraryName(), ...(cuda ? [cudaLibraryName()] : [])]) writeFileSync(join(place, name), '');
  return place;
}

describe.skipIf(process.platform === 'win32')('findLibtorch', () => {
  it('finds nothing on a bare machine', async () => {
    expect(await findLibtorch(env)).toEqual({ found: [], skipped: [] });
  });

  it('takes GAN_LIBTORCH and looks no further', async () => {
    const lib = torch('site', '2.14.0+cpu');
    cached();
    const { found } = await findLibtorch({ ...env, GAN_LIBTORCH: lib });
    expect(found).toEqual([{ folder: lib, origin: 'GAN_LIBTORCH', version: '2.14.0', cuda: false }]);
  });

  it.each([
    [
      'relative/lib',
      /^GAN_LIBTORCH must be the absolute path of the folder that holds \S+, but relative\/lib is not absolute$/,
    ],
    ['/no/such/folder', /but \/no\/such\/folder is no folder$/],
    ['/', /but \/ holds none$/],
  ])('refuses GAN_LIBTORCH=%s', async (stated, sentence) => {
    const search = findLibtorch({ ...env, GAN_LIBTORCH: stated });
    await expect(search).rejects.toThrow(sentence);
    await expect(search).rejects.toBeInstanceOf(EngineError);
  });

  it('asks Python, isolated and in a neutral folder, and takes our cache before a PyTorch that has no use for a graphics processor', async () => {
    const lib = torch('site', '2.15.1');
    const ours = cached();
    python('python3', printing('empty', 'site'));
    const { found, skipped } = await findLibtorch(env);
    expect(found).toEqual([
      { folder: ours, origin: 'our cache', version: pinnedVersion, cuda: false },
      { folder: lib, origin: 'a PyTorch of Python', version: '2.15.1', cuda: false },
    ]);
    expect(skipped).toEqual([]);
    const { readFileSync } = await import('node:fs');
    expect(readFileSync(join(folder, 'arguments'), 'utf8')).toBe('-I -c\n');
    expect(readFileSync(join(folder, 'cwd'), 'utf8')).toBe('/\n');
  });

  it('takes what can use a graphics processor first where there is one: a PyTorch of Python, then our cache', async () => {
    const lib = torch('site', '2.15.1');
    writeFileSync(join(lib, cudaLibraryName()), '');
    python('python3', printing('site'));
    const [cpu, cuda] = [cached(), cached(true)];
    const folders = async (nvidia: boolean) =>
      (await findLibtorch(env, folder, nvidia)).found.map((each) => [each.folder, each.cuda]);
    expect(await folders(true)).toEqual([
      [lib, true],
      [cuda, true],
      [cpu, false],
    ]);
    expect(await folders(false)).toEqual([
      [cpu, false],
      [cuda, true],
      [lib, true],
    ]);
  });

  describe('with a package of libtorch in the project', () => {
    /** Installs it there as pnpm does: behind a link, where nobody else sees it. */
    function installPackage(version: string, libraries: readonly string[] = [libraryName()]): string {
      const real = join(folder, 'store', 'libtorch');
      mkdirSync(join(real, 'lib'), { recursive: true });
      for (const name of libraries) writeFileSync(join(real, 'lib', name), '');
      writeFileSync(join(real, 'package.json'), JSON.stringify({ name: platformPackageName(), version }));
      mkdirSync(join(folder, 'project', 'src'), { recursive: true });
      mkdirSync(join(folder, 'project', 'node_modules', '@gan'), { recursive: true });
      symlinkSync(real, join(folder, 'project', 'node_modules', platformPackageName()), 'junction');
      return join(realpathSync(real), 'lib');
    }

    it('takes it before our cache and a PyTorch, from any folder of the project, and from no other', async () => {
      const lib = installPackage('2.15.0');
      const ours = cached();
      const installed = torch('site', '2.15.1');
      python('python3', printing('site'));
      for (const project of [join(folder, 'project'), join(folder, 'project', 'src')]) {
        const { found } = await findLibtorch(env, project);
        expect(found[0]).toEqual({ folder: lib, origin: 'an installed package', version: '2.15.0', cuda: false });
        expect(found.slice(1).map((each) => each.folder)).toEqual([ours, installed]);
      }
      expect((await findLibtorch(env, folder)).found.map((each) => each.folder)).toEqual([ours, installed]);
    });

    it('looks no further than GAN_LIBTORCH when that is set', async () => {
      installPackage('2.15.0');
      const lib = torch('site', '2.14.0');
      const { found } = await findLibtorch({ ...env, GAN_LIBTORCH: lib }, join(folder, 'project'));
      expect(found.map(({ origin }) => origin)).toEqual(['GAN_LIBTORCH']);
    });

    it('passes over one of another version, and one that is not whole, with the reason', async () => {
      const lib = installPackage('2.16.0', []);
      const reasons = async () => (await findLibtorch(env, join(folder, 'project'))).skipped;
      expect(await reasons()).toEqual([{ where: lib, reason: `holds no ${libraryName()}: install the package anew` }]);
      writeFileSync(join(lib, libraryName()), '');
      expect(await reasons()).toEqual([{ where: lib, reason: 'libtorch 2.16.0 is none of 2.11 to 2.15' }]);
    });
  });

  it('passes over a PyTorch that is too old or too new, and a Python that fails, with the reason', async () => {
    const old = torch('old', '2.10.0');
    const unknown = torch('new', '2.16.0');
    python('python3', printing('old', 'new'));
    python('python', 'echo "no module named json" >&2; exit 3');
    const { found, skipped } = await findLibtorch(env);
    expect(found).toEqual([]);
    expect(skipped).toContainEqual({ where: old, reason: 'PyTorch 2.10.0 is none of 2.11 to 2.15' });
    expect(skipped).toContainEqual({ where: unknown, reason: 'PyTorch 2.16.0 is none of 2.11 to 2.15' });
    expect(skipped.find(({ where }) => where.endsWith('/python'))?.reason).toMatch(
      /^does not say where its packages are: Command failed/,
    );
  });

  it('names a PyTorch that two Pythons share once', async () => {
    torch('site', '2.15.0');
    python('python3', printing('site'));
    python('python', printing('site'));
    expect((await findLibtorch(env)).found).toHaveLength(1);
  });

  it('gives a Python that does not answer five seconds', async () => {
    python('python3', 'exec sleep 30');
    const start = Date.now();
    expect((await findLibtorch(env)).skipped).toHaveLength(1);
    expect(Date.now() - start).toBeGreaterThan(4_000);
    expect(Date.now() - start).toBeLessThan(15_000);
  });

  it('prefers the Python of the active environment', async () => {
    torch('site', '2.15.0');
    const other = torch('other', '2.14.0');
    python('python3', printing('site'));
    mkdirSync(join(folder, 'venv', 'bin'), { recursive: true });
    writeFileSync(join(folder, 'venv', 'bin', 'python3'), `#!/bin/sh\n${printing('other')}\n`, { mode: 0o755 });
    symlinkSync(join(folder, 'venv', 'bin', 'python3'), join(folder, 'venv', 'bin', 'python'));
    expect((await findLibtorch({ ...env, VIRTUAL_ENV: join(folder, 'venv') })).found[0]?.folder).toBe(other);
  });
});

describe('programs', () => {
  it('takes no program from a relative folder, and none that cannot be run', () => {
    writeFileSync(join(folder, 'bin', 'python3'), 'text', { mode: 0o644 });
    expect(programs(['python3'], { PATH: `bin:.::${join(folder, 'bin')}` })).toEqual([]);
  });

  it('knows the stand-ins of macOS and Windows', () => {
    const none = () => false;
    expect(isStandIn('/usr/bin/python3', 'darwin', none)).toBe(true);
    expect(isStandIn('/usr/bin/python3', 'darwin', (path) => path.includes('CommandLineTools'))).toBe(false);
    expect(isStandIn('/opt/homebrew/bin/python3', 'darwin', none)).toBe(false);
    expect(isStandIn('C:\\Users\\ada\\AppData\\Local\\Microsoft\\WindowsApps\\python.exe', 'win32', none)).toBe(true);
    expect(isStandIn('C:\\Python312\\python.exe', 'win32', none)).toBe(false);
    expect(isStandIn('/usr/bin/python3', 'linux', none)).toBe(false);
  });
});

describe('versions', () => {
  it('are read from the package information where version.py is missing', () => {
    mkdirSync(join(folder, 'torch-2.13.2+cu130.dist-info'));
    expect(versionIn(folder)).toBe('2.13.2');
    expect(versionIn(join(folder, 'nowhere'))).toBeUndefined();
  });

  it('are usable from 2.11 to 2.15, or where they are not known', () => {
    const usable = ['2.11.0', '2.13.0', '2.15.0', '2.15.9', undefined];
    const not = ['1.99.0', '2.2.0', '2.10.9', '2.16.0', '3.0.0', '3.12.0'];
    expect([...usable, ...not].filter(isUsable)).toEqual(usable);
  });
});

describe('pinsOf', () => {
  it('has the newest and the oldest version that can be used, for the same platforms', () => {
    expect(pinnedVersions.map((version) => version.replace(/\.\d+$/, ''))).toEqual([RANGE.newest, RANGE.oldest]);
    for (const platform of ['linux-x64', 'linux-arm64', 'darwin-arm64', 'win32-x64'])
      for (const version of pinnedVersions)
        expect(pinsOf(platform, { version })?.packages[0]?.requirement).toBe(`torch==${version}`);
    expect(pinsOf('linux-x64')?.version).toBe(pinnedVersion);
    expect(pinsOf('sunos-x64')).toBeUndefined();
  });

  it('has the newest with CUDA for Linux on x64, with the same libtorch_cpu as without', () => {
    const [cpu, cuda] = [pinsOf('linux-x64')!, pinsOf('linux-x64', { cuda: true })!];
    expect(cuda.version).toBe(pinnedVersion);
    const fileOf = ({ packages }: typeof cpu, name: string) =>
      packages.flatMap(({ files }) => files).find(({ member }) => member.endsWith(`/${name}`));
    expect(fileOf(cuda, 'libtorch_cpu.so')).toEqual(fileOf(cpu, 'libtorch_cpu.so'));
    for (const name of ['libtorch_cuda.so', 'libc10_cuda.so', 'libcublasLt.so.13', 'libcudnn_graph.so.9'])
      expect(fileOf(cuda, name)?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(pinsOf('linux-x64', { version: '2.11.0', cuda: true })).toBeUndefined();
    expect(pinsOf('win32-x64', { cuda: true })).toBeUndefined();
  });

  it('refuses a version that is not pinned', () => {
    expect(() => pinsOf('linux-x64', { version: '2.12.0' })).toThrow(TypeError);
    expect(() => pinsOf('linux-x64', { version: '2.12.0' })).toThrow(/'2\.15\.0'.*'2\.11\.0'.*'2\.12\.0'/);
  });
});

describe('cacheFolder', () => {
  it('follows the conventions of each system', () => {
    const home = { HOME: '/home/ada' };
    expect(cacheFolder(home, 'linux')).toBe('/home/ada/.cache/gan/libtorch');
    expect(cacheFolder({ ...home, XDG_CACHE_HOME: '/big' }, 'linux')).toBe('/big/gan/libtorch');
    // A relative one is to be ignored: XDG Base Directory Specification.
    expect(cacheFolder({ ...home, XDG_CACHE_HOME: 'big' }, 'linux')).toBe('/home/ada/.cache/gan/libtorch');
    expect(cacheFolder(home, 'darwin')).toBe('/home/ada/Library/Caches/gan/libtorch');
    expect(cacheFolder({ ...home, LOCALAPPDATA: '/local' }, 'win32')).toBe('/local/gan/libtorch');
  });
});
