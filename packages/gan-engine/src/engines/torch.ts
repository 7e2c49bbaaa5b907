import type { Device, TorchInfo } from '@gan/tfjs-backend-torch';
import * as layers from '@tensorflow/tfjs-layers';
import { EngineError, sentenceOf } from '../engine-error.js';
import { findLibtorch } from '../libtorch/find-libtorch.js';
import { hasAppleGraphics, hasNvidiaDriver } from '../libtorch/graphics.js';
import type { Libtorch } from '../libtorch/libtorch.js';
import { cudaAdvice, torchAdvice } from './advice.js';
import type { Candidate, Opened, OpenOptions } from './candidate.js';
import { silence } from './javascript.js';
import { linearAlgebra } from './linear-algebra.js';
import { noNvidiaDriver } from './no-nvidia-driver.js';

/** libtorch on NVIDIA graphics processors. */
export const torchCuda: Candidate = {
  name: 'torch-cuda',
  float64: true,
  open: async (options) => {
    if (!hasNvidiaDriver()) throw noNvidiaDriver('torch-cuda');
    const opened = await openedOn('cuda', options);
    const { autotune = false, deterministic = false, tensorFloat32 = true } = options;
    const { switchCuda } = await import('@gan/tfjs-backend-torch');
    switchCuda({ autotune, deterministic, tensorFloat32 });
    return { ...opened, engine: { ...opened.engine, deterministic } };
  },
};

/** libtorch on Apple's graphics processors. */
export const torchMps: Candidate = {
  name: 'torch-mps',
  open: async (options) => {
    if (!hasAppleGraphics())
      throw new EngineError('this machine is no Mac with Apple silicon', { engine: 'torch-mps' });
    return openedOn('mps', options);
  },
};

/** libtorch on the processor. */
export const torchCpu: Candidate = {
  name: 'torch-cpu',
  float64: true,
  open: async (options) => {
    const opened = await openedOn('cpu', options);
    return { ...opened, engine: { ...opened.engine, deterministic: true } };
  },
};

/** The library of this process, which stays loaded for its life, and what was passed over before it. */
let loaded: { readonly libtorch: Libtorch; readonly passedOver: readonly string[] } | undefined;

async function openedOn(device: Device, { threads, precision = 'float32' }: OpenOptions): Promise<Opened> {
  const { info, libtorch, passedOver } = await registered(device, threads);
  const torch = await import('@gan/tfjs-backend-torch');
  const { folder, origin } = libtorch;
  return {
    engine: {
      name: `torch-${device}`,
      device: info.processor,
      version: info.version,
      threads: info.threads,
      deterministic: false,
      precision,
      adam: torch.fusedAdam,
      average: torch.fusedAverage,
      record: torch.recorded,
      linearAlgebra: linearAlgebra(torch.aten),
    },
    backend: torch.backendName(device, precision),
    library: { folder, origin },
    passedOver,
  };
}

/** A libtorch of this machine with backends for a device: that which the process has, or else the first that can. */
async function registered(device: Device, threads: number | undefined) {
  const engine = `torch-${device}` as const;
  const { found, passedOver } = loaded ? { found: [loaded.libtorch], passedOver: loaded.passedOver } : await search();
  const reasons = [...passedOver];
  const able = device === 'cuda' ? found.filter(({ cuda }) => cuda) : found;
  if (able.length === 0) throw none(device, found, reasons);
  if (threads !== undefined && !loaded) process.env['OMP_NUM_THREADS'] = String(threads);
  for (const libtorch of able)
    try {
      const info = await register(libtorch, device, reasons);
      assertThreads(info, threads);
      return { info, libtorch, passedOver: reasons };
    } catch (cause) {
      if (cause instanceof EngineError) throw cause;
      if (libtorch.origin === 'GAN_LIBTORCH' && device === 'cpu')
        throw new EngineError(`GAN_LIBTORCH is ${libtorch.folder}, but ${sentenceOf(cause)}`, { cause });
      reasons.push(`${libtorch.folder}: ${sentenceOf(cause)}`);
      if (loaded) break;
    }
  throw new EngineError(
    device === 'cpu' ? `no libtorch of this machine can be used (${reasons.join('; ')})` : reasons.at(-1)!,
    { engine, remedy: device === 'cpu' ? torchAdvice() : 'choose torch-cpu' },
  );
}

async function search(): Promise<{ readonly found: readonly Libtorch[]; readonly passedOver: readonly string[] }> {
  const { found, skipped } = await findLibtorch();
  return { found, passedOver: skipped.map(({ where, reason }) => `${where}: ${reason}`) };
}

/** Loads it, if none is, and remembers what has been loaded, also where its device turns out to be of no use. */
async function register(libtorch: Libtorch, device: Device, passedOver: readonly string[]): Promise<TorchInfo> {
  const torch = await import('@gan/tfjs-backend-torch');
  try {
    return await torch.registerTorch({ folder: libtorch.folder, device });
  } finally {
    if (!loaded && torch.loadedFolder() === libtorch.folder) {
      loaded = { libtorch, passedOver: [...passedOver] };
      torch.registerTorchGradients();
      torch.installFusedLayers(layers);
      silence();
    }
  }
}

function assertThreads({ threads: has }: TorchInfo, threads: number | undefined): void {
  if (threads === undefined || threads === has) return;
  throw new EngineError(
    `libtorch was loaded with ${has} threads, and cannot change to ${threads} in the same process`,
    { remedy: 'say how many threads when you first call engine()' },
  );
}

function none(device: Device, found: readonly Libtorch[], passedOver: readonly string[]): EngineError {
  const engine = `torch-${device}` as const;
  if (device === 'cuda' && loaded)
    return new EngineError(`this process has loaded ${loaded.libtorch.folder}, a libtorch without CUDA`, {
      engine,
      remedy: `ask for torch-cuda first; ${cudaAdvice()}`,
    });
  const usable = passedOver.length > 0 ? ` that can be used (${passedOver.join('; ')})` : '';
  if (device === 'cuda' && found.length > 0)
    return new EngineError(`there is no libtorch with CUDA on this machine${usable}`, { engine, remedy: cudaAdvice() });
  return new EngineError(`there is no libtorch on this machine${usable}`, {
    engine,
    remedy: device === 'cuda' ? cudaAdvice() : torchAdvice(),
  });
}
