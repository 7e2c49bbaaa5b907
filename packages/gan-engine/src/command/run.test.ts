import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeTool } from '../install/fake-wheel.cases.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const cli = fileURLToPath(new URL('../cli.ts', import.meta.url));

let folder: string;
let env: NodeJS.ProcessEnv;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gan-engine-'));
  env = { PATH: join(folder, 'bin'), HOME: folder, XDG_CACHE_HOME: join(folder, 'cache') };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = (arguments_: readonly string[], extra: NodeJS.ProcessEnv = {}) => {
  const child = spawn(process.execPath, ['--import', 'tsx', cli, ...arguments_], {
    cwd: root,
    env: { ...env, ...extra },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data) => (out += data));
  child.stderr.on('data', (data) => (err += data));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, out, err })),
  );
  return { child, ended };
};
const gan = (...arguments_: string[]) => start(arguments_).ended;

describe.skipIf(process.platform === 'win32')('gan-engine', () => {
  it('examines an engine, and says what would be faster', async () => {
    const { code, out, err } = await gan('doctor', '--engine', 'wasm');
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(/^engine {3}wasm \(TensorFlow.js 4.22.0, 1 thread\)\n/);
    expect(out).toMatch(
      new RegExp(`\ndevice   cpu\nthreads  1\nversions node ${process.versions.node}, TensorFlow.js 4.22.0\n`),
    );
    const [, matMul, conv2d] =
      /\nspeed {4}([\d.]+) GFLOP\/s in matrix products, ([\d.]+) in convolutions\n/.exec(out) ?? [];
    // Any machine of this century does a hundredth of a GFLOP/s, and none does a million with one thread.
    for (const value of [matMul, conv2d]) expect(Number(value)).toBeGreaterThan(0.01);
    for (const value of [matMul, conv2d]) expect(Number(value)).toBeLessThan(1e6);
    expect(out).toMatch(
      /\nfaster {3}torch-cpu, thirty times as fast and more: `npx -p @gan\/engine gan-engine install` gets one \(\d+ MB to download/,
    );
  });

  it('says why each engine before the chosen one was skipped, and greets nobody', async () => {
    const { code, out, err } = await gan('doctor', '--json');
    expect(err).toBe('');
    expect(code).toBe(0);
    const { engine, speed } = JSON.parse(out);
    const names = [...engine.skipped.map(({ name }: { name: string }) => name), engine.name];
    const order = ['tfjs-node-gpu', 'torch-cuda', 'torch-mps', 'torch-cpu', 'tfjs-node', 'webgpu', 'wasm'];
    // A graphics processor of this machine is the last but one.
    expect(order.slice(0, Math.max(6, names.length))).toEqual(names);
    expect(engine.skipped[3].reason).toBe('there is no libtorch on this machine');
    expect(speed.matMul).toBeGreaterThan(0.01);
  });

  it.each([
    [['doctor', '--engine', 'gpu'], /argument 'gpu' is invalid. Allowed choices are tfjs-node-gpu, torch-cuda/],
    [['doctor', '--threads', '0'], /argument '0' is invalid. It must be a whole number of at least 1/],
    [['doctor', '--fast'], /unknown option '--fast'/],
    [['instal'], /unknown command 'instal'/],
  ])('ends with 2 at %j', async (arguments_, sentence) => {
    const { code, out, err } = await gan(...arguments_);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(sentence);
  });

  it('ends with 1 and a sentence, not a stack, when what was asked for cannot be had', async () => {
    const where = await gan('where');
    expect(where.code).toBe(1);
    expect(where.err).toMatch(/^there is no libtorch on this machine; .*\n$/);
    const wrong = await start(['doctor'], { GAN_LIBTORCH: '/no/such/folder' }).ended;
    expect(wrong.code).toBe(1);
    expect(wrong.err).toMatch(/^GAN_LIBTORCH must be the absolute path of the folder that holds .* is no folder\n$/);
    const install = await gan('install');
    expect(install.code).toBe(1);
    expect(install.err).toMatch(/^there is neither pip nor uv to fetch libtorch with; .*\n$/);
  });

  it('removes what it began when it is interrupted', async () => {
    fakeTool(folder, 'pip3', 'slow');
    const { child, ended } = start(['install']);
    while (!existsSync(join(folder, 'calls'))) await sleep(50);
    child.kill('SIGINT');
    const { code, err } = await ended;
    expect(code).toBe(130);
    expect(err).toMatch(/^libtorch \S+ for the CPU: \d+ MB to download \(.*pip3\), .*\ndownloading 0 of \d+ MB\n$/);
    expect(readdirSync(join(folder, 'cache', 'gan', 'libtorch'))).toEqual([]);
  });
});
