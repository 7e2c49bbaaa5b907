import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the parts of libtorch are called. */
export const names =
  process.platform === 'win32'
    ? { c10: 'c10.dll', torch: 'torch_cpu.dll', c10Cuda: 'c10_cuda.dll', torchCuda: 'torch_cuda.dll' }
    : process.platform === 'darwin'
      ? {
          c10: 'libc10.dylib',
          torch: 'libtorch_cpu.dylib',
          c10Cuda: 'libc10_cuda.dylib',
          torchCuda: 'libtorch_cuda.dylib',
        }
      : { c10: 'libc10.so', torch: 'libtorch_cpu.so', c10Cuda: 'libc10_cuda.so', torchCuda: 'libtorch_cuda.so' };

/** CUDA's runtime, and what measures it: the Linux wheel's libtorch_cpu names both as needed, GPU or not. */
const always = ['cudart', 'cupti'] as const;

/** What libtorch_cuda needs beside them, each after what it needs itself. */
const forCuda = [
  ...(['nvJitLink', 'cublasLt', 'cublas', 'cusparse', 'cufft', 'curand', 'cufile', 'cusparseLt'] as const),
  ...(['nccl', 'nvrtc', 'cudnn', 'nvshmem_host', 'cusolver'] as const),
];

/** The libraries of some names: beside libtorch, or in the packages of NVIDIA that pip puts next to torch (`nvidia/cu13/lib`). */
const companions = (folder: string, stems: readonly string[]): string[] => {
  const nvidia = join(dirname(dirname(folder)), 'nvidia');
  const packages = existsSync(nvidia) ? readdirSync(nvidia).map((name) => join(nvidia, name, 'lib')) : [];
  const files = [folder, ...packages.filter((path) => existsSync(path))].flatMap((path) =>
    readdirSync(path)
      .sort()
      .map((name) => ({ name, path: join(path, name) })),
  );
  return stems.flatMap((stem) => files.filter(({ name }) => name.startsWith(`lib${stem}.so`)).map(({ path }) => path));
};

/** What libtorch_cpu needs of NVIDIA's, in the order in which it is loaded. */
export const companionsOf = (folder: string): string[] => companions(folder, always);

/** What libtorch_cuda needs of NVIDIA's beside that, in the order in which it is loaded, as far as it is there. */
export const cudaCompanionsOf = (folder: string): string[] => companions(folder, forCuda);

/** CUDA's runtime for the libtorch in a folder, or undefined. */
export const cudaRuntimeOf = (folder: string): string | undefined =>
  process.platform === 'win32'
    ? readdirSync(folder)
        .filter((name) => /^cudart64_\d+\.dll$/.test(name))
        .map((name) => join(folder, name))[0]
    : companions(folder, ['cudart'])[0];
