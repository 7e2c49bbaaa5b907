import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { folder as libtorch } from '../differential.fixture.js';
import { cudaFolder, linked } from '../fake-cuda.fixture.js';
import { type CudaMachine, cudaRefusal } from './cuda-runtime.js';

const machine = (of: Partial<CudaMachine>): CudaMachine => ({
  code: 100,
  sentence: 'an error',
  count: 0,
  driver: 13020,
  runtime: 13020,
  name: undefined,
  ...of,
});

describe('cudaRefusal', () => {
  it('has nothing against a machine with a graphics processor', () => {
    expect(cudaRefusal(machine({ code: 0, count: 1, name: 'NVIDIA H100' }))).toBeUndefined();
    // A driver of the same major version will do: CUDA's minor versions are compatible.
    expect(cudaRefusal(machine({ code: 0, count: 1, driver: 13000 }))).toBeUndefined();
  });

  it.each([
    [{ driver: 0 }, 'there is no driver for NVIDIA graphics processors, which CUDA 13.2 computes through (an error)'],
    [
      { driver: 12080 },
      'the driver for NVIDIA graphics processors knows CUDA 12.8, but this libtorch is of CUDA 13.2 (an error)',
    ],
    [{}, 'CUDA finds no graphics processor of NVIDIA (an error)'],
    [{ code: 0, sentence: 'no error' }, 'CUDA finds no graphics processor of NVIDIA (no error)'],
  ])('says of %o what is missing', (of, sentence) => {
    expect(cudaRefusal(machine(of))).toBe(sentence);
  });
});

let folder: string | undefined;
afterEach(() => {
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Runs a program in a process of its own, since what is once loaded stays loaded, and gives what it prints. */
const printed = (program: string): string =>
  execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    cwd: import.meta.dirname,
  }).trim();

const source = (name: string): string => JSON.stringify(join(import.meta.dirname, name));

/** What registering for CUDA comes to, and what computing on the processor does after. */
const registered = (at: string): string =>
  printed(`
    const { registerTorch } = await import(${source('../register.ts')});
    const attempt = (device) => registerTorch({ folder: ${JSON.stringify(at)}, device }).then((info) => info.devices.join(), String);
    console.log(await attempt('cuda'));
    console.log(await attempt('cpu'));`);

/** What loading the libraries comes to where no graphics processor is asked for first. */
const opened = (at: string): string =>
  printed(`
    const { foreign } = await import(${source('foreign.ts')});
    const { openCuda } = await import(${source('cuda.ts')});
    const { openLibrary } = await import(${source('open-library.ts')});
    const { companionsOf } = await import(${source('library-names.ts')});
    const koffi = foreign();
    for (const path of [...companionsOf(${JSON.stringify(at)}), ...['libc10.so', 'libtorch_cpu.so'].map((name) => ${JSON.stringify(`${at}/`)} + name)]) openLibrary(koffi, path);
    try { console.log(openCuda(koffi, ${JSON.stringify(at)}).path); } catch (error) { console.log(String(error)); }`);

const linux = process.platform === 'linux';

describe.skipIf(!linux || libtorch === undefined)(
  'a libtorch for the processor (needs libtorch: set GAN_LIBTORCH)',
  () => {
    it('says so when CUDA or Metal is asked of it, and computes as before', () => {
      expect(registered(libtorch!).split('\n')).toEqual([
        `TorchError: ${libtorch} has no libtorch_cuda.so: it is a libtorch that computes on the processor only`,
        'cpu',
      ]);
    });
  },
);

describe.skipIf(!linux || cudaFolder === undefined)('a libtorch with CUDA (needs it: set GAN_LIBTORCH_CUDA)', () => {
  const needed = [
    'libnvJitLink.so.13',
    'libcublasLt.so.13',
    'libcublas.so.13',
    'libcusparse.so.12',
    'libcufft.so.12',
    'libcufile.so.0',
    'libcusparseLt.so.0',
    'libnccl.so.2',
    'libnvrtc.so.13',
    'libcudnn.so.9',
    'libnvshmem_host.so.3',
    'libtorch_nvshmem.so',
  ];

  it('loads without a driver', () => {
    expect(opened(cudaFolder!)).toBe(join(cudaFolder!, 'libtorch_cuda.so'));
  });

  it.each(needed)('says that %s is missing', (name) => {
    folder = linked(cudaFolder!, [name]);
    expect(opened(folder)).toMatch(
      new RegExp(`^TorchError: \\S+ needs ${name}, which is neither beside it nor in the neighbouring nvidia/\\*/lib$`),
    );
  });

  it('says which of its own parts is missing, and computes on the processor all the same', () => {
    folder = linked(cudaFolder!, ['libc10_cuda.so']);
    expect(registered(folder).split('\n')).toEqual([
      `TorchError: ${folder} has no libc10_cuda.so: it is a libtorch that computes on the processor only`,
      'cpu',
    ]);
  });

  it('says which of its own parts is no library', () => {
    folder = linked(cudaFolder!, ['libc10_cuda.so']);
    writeFileSync(join(folder, 'libc10_cuda.so'), 'text');
    expect(opened(folder)).toBe(
      `TorchError: ${join(folder, 'libc10_cuda.so')} is not a shared library: it does not start as an ELF file`,
    );
  });
});

describe.skipIf(!linux || cudaFolder === undefined || hasDriver())('a machine without a driver', () => {
  it('is told so by CUDA itself, and computes on the processor all the same', () => {
    const [cuda, cpu] = registered(cudaFolder!).split('\n');
    expect(cuda).toMatch(
      /^TorchError: there is no driver for NVIDIA graphics processors, which CUDA 13\.\d computes through \(CUDA driver version is insufficient/,
    );
    expect(cpu).toBe('cpu');
  });
});

function hasDriver(): boolean {
  try {
    execFileSync('nvidia-smi', { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
