import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeWheels } from '../platform-package/fake-wheels.fixture.js';
import { built } from './built.js';
import { tensorflowPins } from './pins.js';
import { LackingError } from './requirements.js';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'gan-tfjs-node-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const members = {
  'tensorflow/libtensorflow_cc.so.2': Buffer.from('library'),
  'tensorflow/include/tensorflow/c/c_api.h': Buffer.from('header'),
};
const names = { 'tensorflow/include/tensorflow/c/c_api.h': 'include--tensorflow--c--c_api.h' };

/** Programs that stand for pip, npm and a compiler, and write down that they ran. */
function tools(options: { readonly compiler?: string; readonly pinned?: typeof members } = {}) {
  const { pins, env } = fakeWheels(folder, { members, pinned: options.pinned ?? members, names });
  const program = (name: string, text: string) =>
    writeFileSync(
      join(folder, 'bin', name),
      `#!${process.execPath}
const fs = require('node:fs');
fs.appendFileSync(${JSON.stringify(join(folder, 'ran'))}, ${JSON.stringify(`${name}\n`)});
${text}`,
      { mode: 0o755 },
    );
  program(
    'npm',
    `if (process.argv.slice(2, 4).join() !== 'ci,--ignore-scripts' || !fs.existsSync('package-lock.json')) process.exit(1);
for (const name of ['tfjs-node', 'tfjs-node-gpu', 'tfjs-core']) {
  fs.mkdirSync('node_modules/@tensorflow/' + name, { recursive: true });
  fs.writeFileSync('node_modules/@tensorflow/' + name + '/package.json', '{"binary":{"napi_versions":[3,8,999]}}');
}`,
  );
  program('c++', options.compiler ?? "fs.writeFileSync(process.argv.at(-1), process.argv.slice(2, -1).join('\\n'));");
  return { pins, env, into: join(folder, 'out', 'built') };
}
const ran = () => readFileSync(join(folder, 'ran'), 'utf8').trim().split('\n');
const left = () => (existsSync(join(folder, 'out')) ? readdirSync(join(folder, 'out')) : []);

describe.skipIf(process.platform === 'win32')('built', () => {
  it('lays out the library, the packages and the binding of both, with our TensorFlow.js in place of theirs', async () => {
    const given = tools();
    expect(await built(given)).toBe(true);
    expect(left()).toEqual(['built']);
    const read = (...path: string[]) => readFileSync(join(given.into, ...path), 'utf8');
    expect(read('tensorflow', 'libtensorflow_cc.so.2')).toBe('library');
    expect(read('tensorflow', 'include', 'tensorflow', 'c', 'c_api.h')).toBe('header');
    // Of versions 3, 8 and 999 of Node's C interface this Node has 8.
    const binding = ['lib', 'napi-v8', 'tfjs_binding.node'];
    const compiled = read('node_modules', '@tensorflow', 'tfjs-node', ...binding).split('\n');
    expect(compiled).toEqual(expect.arrayContaining(['-shared', '-DNAPI_VERSION=8', '-l:libtensorflow_cc.so.2']));
    expect(read('node_modules', '@tensorflow', 'tfjs-node-gpu', ...binding).split('\n')).toEqual(compiled);
    const core = join(given.into, 'node_modules', '@tensorflow', 'tfjs-core');
    expect(lstatSync(core).isSymbolicLink()).toBe(true);
    const ours = createRequire(import.meta.url).resolve('@tensorflow/tfjs-core/package.json');
    expect(realpathSync(join(core, 'package.json'))).toBe(realpathSync(ours));
  });

  it('does nothing the second time, and builds what is no longer whole anew', async () => {
    const given = tools();
    await built(given);
    expect(await built(given)).toBe(false);
    expect(ran()).toEqual(['npm', 'c++']);
    rmSync(join(given.into, 'tensorflow', 'libtensorflow_cc.so.2'));
    expect(await built(given)).toBe(true);
    expect(ran()).toEqual(['npm', 'c++', 'npm', 'c++']);
    expect(left()).toEqual(['built']);
  });

  it('leaves nothing where a file is another than the pinned one', async () => {
    const pinned = { ...members, 'tensorflow/libtensorflow_cc.so.2': Buffer.from('librarY') };
    await expect(built(tools({ pinned }))).rejects.toThrow('of another SHA-256 than the pinned one');
    expect(left()).toEqual([]);
  });

  it('leaves nothing where the compiler fails, and says what it said', async () => {
    await expect(built(tools({ compiler: "console.error('no such header'); process.exit(1);" }))).rejects.toThrow(
      / ended with exit code 1:\nno such header/,
    );
    expect(left()).toEqual([]);
  });

  it("refuses a folder that is another's", async () => {
    await expect(built({ into: folder })).rejects.toThrow(
      `--into must be a folder that is not there yet or that this has built, but is ${folder}`,
    );
  });

  it('names all that is lacking at once, and touches nothing', async () => {
    const { pins, into } = tools();
    const trial = built({ pins, into, env: { PATH: join(folder, 'nothing'), CXX: 'icc' } });
    await expect(trial).rejects.toThrow(
      'tfjs-node cannot be built here: it takes pip or uv, which fetch it; and the compiler icc that CXX names, on the PATH',
    );
    await expect(trial).rejects.toBeInstanceOf(LackingError);
    expect(left()).toEqual([]);
  });
});

describe('what it is built from', () => {
  it('has the versions of TensorFlow.js that this repository has', () => {
    const require = createRequire(import.meta.url);
    const { packages } = JSON.parse(readFileSync(new URL('./modules/package-lock.json', import.meta.url), 'utf8'));
    for (const name of ['tfjs-core', 'tfjs-layers', 'tfjs-backend-cpu'])
      expect(packages[`node_modules/@tensorflow/${name}`].version, name).toBe(
        require(`@tensorflow/${name}/package.json`).version,
      );
  });

  it('is a library for one platform, and the headers of its C API', () => {
    const { packages } = tensorflowPins('linux-x64')!;
    const files = packages.flatMap(({ files }) => files.map(({ as }) => as!));
    expect(files.filter((name) => /\.so\.2$/.test(name))).toEqual([
      'libtensorflow_cc.so.2',
      'libtensorflow_framework.so.2',
    ]);
    expect(files.filter((name) => name.endsWith('.h')).every((name) => name.startsWith('include--'))).toBe(true);
    expect(tensorflowPins('linux-arm64')).toBeUndefined();
  });
});
