import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../engine-error.js';
import type { InstallProgress } from './build-folder.js';
import { type behaviours, fakeTool, pins, wheels } from './fake-wheel.cases.js';
import { installLibtorch } from './install-libtorch.js';
import { plannedInstall } from './planned-install.js';

let folder: string;
let env: NodeJS.ProcessEnv;
let cache: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gan-install-'));
  cache = join(folder, 'cache', 'gan', 'libtorch');
  env = { PATH: join(folder, 'bin'), XDG_CACHE_HOME: join(folder, 'cache'), HOME: folder };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const calls = (): string[] => {
  const path = join(folder, 'calls');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
};
const left = (): string[] => (existsSync(cache) ? readdirSync(cache) : []);

async function failure(with_: keyof typeof behaviours): Promise<EngineError> {
  fakeTool(folder, 'pip3', with_);
  const error = await installLibtorch({ env, pins }).then(
    () => undefined,
    (cause) => cause,
  );
  expect(error).toBeInstanceOf(EngineError);
  expect(left()).toEqual([]);
  return error;
}

describe.skipIf(process.platform === 'win32')('installLibtorch', () => {
  it('keeps the pinned files of the wheels that pip brings, flat, for the user alone, and nothing else', async () => {
    fakeTool(folder, 'pip3', 'good');
    const seen: InstallProgress[] = [];
    const installed = await installLibtorch({ env, pins, onProgress: (progress) => seen.push(progress) });
    expect(installed).toMatchObject({ version: '9.9.9', fresh: true });
    expect(readdirSync(installed.folder).sort()).toEqual(['libcudart.so.13', 'libtorch_cpu.so']);
    expect(readFileSync(join(installed.folder, 'libtorch_cpu.so'), 'utf8')).toBe('pretend library '.repeat(4000));
    expect(statSync(installed.folder).mode & 0o777).toBe(0o700);
    expect(left()).toEqual([installed.folder.slice(cache.length + 1)]);
    expect(calls()[0]).toMatch(/^download .*--only-binary=:all: --no-deps .*--platform=any .*torch==9.9.9 cudart==1$/);
    expect(seen[0]).toMatchObject({
      stage: 'downloading',
      done: 0,
      total: Object.values(wheels).reduce((n, w) => n + w.length, 0),
    });
    expect(seen.at(-1)).toMatchObject({ stage: 'checking', done: 64_720, total: 64_720 });
  });

  it('says before what it will fetch and where to', async () => {
    fakeTool(folder, 'pip3', 'good');
    const { folder: place } = await installLibtorch({ env, pins });
    const download = pins.packages.reduce((total, { bytes }) => total + bytes, 0);
    expect(plannedInstall({ env, pins })).toEqual({
      version: '9.9.9',
      cuda: false,
      download,
      kept: 64_720,
      folder: place,
    });
  });

  it('puts one with CUDA beside that for the CPU', async () => {
    fakeTool(folder, 'pip3', 'good');
    const { folder: cpu } = await installLibtorch({ env, pins });
    const { folder: cuda } = await installLibtorch({ env, pins: { ...pins, cuda: true } });
    expect(cuda).toBe(`${cpu}-cuda`);
    expect(plannedInstall({ env, pins: { ...pins, cuda: true } })).toMatchObject({ cuda: true, folder: cuda });
    expect(left()).toHaveLength(2);
  });

  it('says which are pinned with CUDA', async () => {
    const trial = installLibtorch({ env, cuda: true, version: '2.11.0' });
    await expect(trial).rejects.toThrow(
      /^no wheels of PyTorch 2\.11\.0 with CUDA are pinned for \S+; install a PyTorch with CUDA in your Python/,
    );
    await expect(trial).rejects.toBeInstanceOf(EngineError);
  });

  it('does nothing when it is there already, unless forced', async () => {
    fakeTool(folder, 'pip3', 'good');
    const first = await installLibtorch({ env, pins });
    expect(await installLibtorch({ env, pins })).toEqual({ ...first, fresh: false });
    expect(calls()).toHaveLength(1);
    expect((await installLibtorch({ env, pins, force: true })).fresh).toBe(true);
    expect(calls()).toHaveLength(2);
    expect(left()).toHaveLength(1);
  });

  it('installs again over a file that was cut short', async () => {
    fakeTool(folder, 'pip3', 'good');
    const { folder: place } = await installLibtorch({ env, pins });
    writeFileSync(join(place, 'libtorch_cpu.so'), 'short');
    expect((await installLibtorch({ env, pins })).fresh).toBe(true);
    expect(statSync(join(place, 'libtorch_cpu.so')).size).toBe(64_000);
  });

  it('takes what uv has unpacked where there is no pip', async () => {
    fakeTool(folder, 'uv', 'unpacked');
    const { folder: place } = await installLibtorch({ env, pins });
    expect(readdirSync(place).sort()).toEqual(['libcudart.so.13', 'libtorch_cpu.so']);
    expect(calls()[0]).toMatch(/^pip install .*--python-platform=any --target=/);
    expect(left()).toHaveLength(1);
  });

  it('refuses a wheel that was cut off', async () => {
    expect((await failure('damaged')).message).toMatch(
      /^the wheel torch-9.9.9.whl is damaged \(.+\); nothing of it was kept/,
    );
  });

  it('refuses a wheel with one bit of a library turned', async () => {
    expect((await failure('flipped')).message).toMatch(/torch-9.9.9.whl (is damaged|has a .* of another SHA-256)/);
  });

  it('refuses a library of another SHA-256, another size, and a wheel without it', async () => {
    fakeTool(folder, 'pip3', 'good');
    const with_ = (file: object) => ({
      ...pins,
      packages: [{ ...pins.packages[0]!, files: [{ ...pins.packages[0]!.files[0]!, ...file }] }],
    });
    const install = (file: object) => installLibtorch({ env, pins: with_(file) });
    await expect(install({ sha256: '0'.repeat(64) })).rejects.toThrow(
      /has a torch\/lib\/libtorch_cpu.so of another SHA-256 than the pinned one/,
    );
    await expect(install({ bytes: 7 })).rejects.toThrow(
      /has a torch\/lib\/libtorch_cpu.so of 64000 bytes, not the pinned 7/,
    );
    await expect(install({ member: 'torch/lib/libc10.so' })).rejects.toThrow(/has no torch\/lib\/libc10.so/);
    expect(left()).toEqual([]);
  });

  it('writes nothing outside for a wheel with names that lead there', async () => {
    expect((await failure('slipping')).message).toMatch(/is damaged \(invalid relative path: \.\.\/escaped.txt\)/);
  });

  it('says so when pip brings another wheel', async () => {
    expect((await failure('nothing')).message).toMatch(/^pip has brought another wheel than torch-9.9.9.whl/);
  });

  it('tells what pip says, without the address of the index and the password in it', async () => {
    const { message } = await failure('refused');
    expect(message).toMatch(/could not fetch torch==9.9.9, cudart==1: ERROR: 401 for <address>$/);
    expect(message).not.toContain('secret');
  });

  it('tells of a full disk', async () => {
    expect((await failure('full')).message).toContain('No space left on device');
    const huge = { ...pins, packages: [{ ...pins.packages[0]!, bytes: 1e18 }] };
    await expect(installLibtorch({ env, pins: huge })).rejects.toThrow(
      /has room for \d+ MB, but 100000000000\d MB are needed; make room/,
    );
  });

  it('says what to do by hand where there is neither pip nor uv', async () => {
    mkdirSync(join(folder, 'bin'));
    await expect(installLibtorch({ env, pins })).rejects.toThrow(
      /^there is neither pip nor uv to fetch libtorch with; install PyTorch 9.9.9 .* unpack torch-9.9.9.whl, cudart-1.whl and set GAN_LIBTORCH .*--engine wasm/,
    );
    expect(left()).toEqual([]);
  });

  it('names a cache folder that cannot be made', async () => {
    fakeTool(folder, 'pip3', 'good');
    writeFileSync(join(folder, 'cache'), 'a file where the folder should be');
    await expect(installLibtorch({ env, pins })).rejects.toThrow(
      /cannot be written \(ENOTDIR.*set XDG_CACHE_HOME to another/,
    );
    expect(calls()).toEqual([]);
  });

  it('leaves nothing when it is aborted, and stops pip', async () => {
    fakeTool(folder, 'pip3', 'slow');
    const controller = new AbortController();
    const running = installLibtorch({ env, pins, signal: controller.signal });
    while (calls().length === 0) await sleep(20);
    controller.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    expect(left()).toEqual([]);
  });

  it('fetches once when two install at the same time', async () => {
    fakeTool(folder, 'pip3', 'slowish');
    const seen: InstallProgress[] = [];
    const [a, b] = await Promise.all([
      installLibtorch({ env, pins }),
      installLibtorch({ env, pins, onProgress: (progress) => seen.push(progress) }),
    ]);
    expect([a.fresh, b.fresh].sort()).toEqual([false, true]);
    expect(calls()).toHaveLength(1);
    expect(left()).toHaveLength(1);
  });

  it('takes over from one that was killed, and removes what that left', async () => {
    fakeTool(folder, 'pip3', 'slow');
    const script = join(folder, 'install.mts');
    const modules = fileURLToPath(new URL('.', import.meta.url));
    writeFileSync(
      script,
      `import { installLibtorch } from ${JSON.stringify(join(modules, 'install-libtorch.ts'))};
       import { pins } from ${JSON.stringify(join(modules, 'fake-wheel.cases.ts'))};
       await installLibtorch({ pins });`,
    );
    const child = spawn(process.execPath, ['--import', 'tsx', script], {
      env: { ...env, PATH: env['PATH'] },
      stdio: 'inherit',
    });
    while (calls().length === 0) await sleep(50);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    expect(left().sort()).toHaveLength(2);
    fakeTool(folder, 'pip3', 'good');
    expect((await installLibtorch({ env, pins })).fresh).toBe(true);
    expect(left()).toHaveLength(1);
  });
});
