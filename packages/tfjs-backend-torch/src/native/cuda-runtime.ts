import type { ForeignLibrary } from './foreign.js';

/** What CUDA's runtime says of this machine. */
export interface CudaMachine {
  /** 0, or the number of the error that counting the graphics processors gave. */
  readonly code: number;
  /** That error in CUDA's own words. */
  readonly sentence: string;
  readonly count: number;
  /** The newest CUDA that the driver knows, as CUDA writes it: 13020 for 13.2; 0 where there is no driver. */
  readonly driver: number;
  /** The CUDA that the runtime is of. */
  readonly runtime: number;
  /** What the first processor is called, if there is one. */
  readonly name: string | undefined;
}

/** `cudaDeviceProp` starts with the name, and has never been larger than this. */
const [NAME, PROPERTIES] = [256, 8192];

/** Asks CUDA's runtime what there is. It starts the driver, if there is one, and nothing else. */
export function askCuda(runtime: ForeignLibrary): CudaMachine {
  const out = new Int32Array(1);
  const asked = (name: string): number => {
    out[0] = 0;
    return runtime.func(name, 'int', ['void *'])(out) as number;
  };
  const value = (name: string): number => (asked(name) === 0 ? out[0]! : 0);
  const code = asked('cudaGetDeviceCount');
  const count = code === 0 ? out[0]! : 0;
  const sentence = String(runtime.func('cudaGetErrorString', 'str', ['int'])(code));
  const properties = Buffer.alloc(PROPERTIES);
  const named = count > 0 && runtime.func('cudaGetDeviceProperties', 'int', ['void *', 'int'])(properties, 0) === 0;
  return {
    code,
    sentence,
    count,
    driver: value('cudaDriverGetVersion'),
    runtime: value('cudaRuntimeGetVersion'),
    name: named ? properties.toString('utf8', 0, NAME).replace(/\0.*$/s, '') : undefined,
  };
}

const written = (version: number): string => `${Math.floor(version / 1000)}.${Math.floor((version % 1000) / 10)}`;

/** Why nothing can be computed on a graphics processor of NVIDIA here; undefined if it can. */
export function cudaRefusal({ code, sentence, count, driver, runtime }: CudaMachine): string | undefined {
  if (code === 0 && count > 0) return undefined;
  if (driver === 0)
    return `there is no driver for NVIDIA graphics processors, which CUDA ${written(runtime)} computes through (${sentence})`;
  if (driver < runtime && Math.floor(driver / 1000) < Math.floor(runtime / 1000))
    return `the driver for NVIDIA graphics processors knows CUDA ${written(driver)}, but this libtorch is of CUDA ${written(runtime)} (${sentence})`;
  return `CUDA finds no graphics processor of NVIDIA (${sentence})`;
}
