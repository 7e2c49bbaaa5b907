import type { Engine } from '@gan/core';
import * as layers from '@tensorflow/tfjs-layers';
import { EngineError, sentenceOf } from '../engine-error.js';
import { findLibtorch } from '../libtorch/find-libtorch.js';
import { hasAppleGraphics, hasNvidiaDriver } from '../libtorch/graphics.js';
import type { Libtorch } from '../libtorch/libtorch.js';
import { pinsOf, sizesOf } from '../libtorch/pins.js';
import { platformName } from '../libtorch/platform.js';
import type { Candidate, Opened } from './candidate.js';
import { silence } from './javascript.js';
import { linearAlgebra } from './linear-algebra.js';

/** The version of the backend that comes with this one computes on the processor only. */
const ONLY_CPU = 'the libtorch backend of this version computes on the processor only';

/** libtorch on NVIDIA graphics processors. */
export const torchCuda: Candidate = {
  name: 'torch-cuda',
  open: async () => {
    const engine = 'torch-cuda';
    if (!hasNvidiaDriver())
      throw new EngineError('this machine has no driver for NVIDIA graphics processors', {
        engine,
        remedy: 'install the driver if it has such a processor',
      });
    throw new EngineError(ONLY_CPU, { engine, remedy: 'choose torch-cpu' });
  },
};

/** libtorch on Apple's graphics processors. */
export const torchMps: Candidate = {
  name: 'torch-mps',
  open: async () => {
    const engine = 'torch-mps';
    if (!hasAppleGraphics()) throw new EngineError('this machine is no Mac with Apple silicon', { engine });
    throw new EngineError(ONLY_CPU, { engine, remedy: 'choose torch-cpu' });
  },
};

/** libtorch on the processor. */
export const torchCpu: Candidate = {
  name: 'torch-cpu',
  float64: true,
  open: async ({ threads, precision = 'float32' }) => {
    const { engine, ...rest } = loaded ? reopened(loaded, threads) : await firstOpened(threads);
    return { ...rest, engine: { ...engine, precision }, backend: precision === 'float32' ? 'torch' : 'torch-float64' };
  },
};

async function firstOpened(threads: number | undefined): Promise<Opened> {
  const { found, skipped } = await findLibtorch();
  const passedOver = skipped.map(({ where, reason }) => `${where}: ${reason}`);
  if (found.length === 0) throw noLibtorch(passedOver);
  if (threads !== undefined) process.env['OMP_NUM_THREADS'] = String(threads);
  for (const libtorch of found)
    try {
      loaded = await open(libtorch, passedOver);
      return loaded;
    } catch (cause) {
      if (libtorch.origin === 'GAN_LIBTORCH')
        throw new EngineError(`GAN_LIBTORCH is ${libtorch.folder}, but ${sentenceOf(cause)}`, { cause });
      passedOver.push(`${libtorch.folder}: ${sentenceOf(cause)}`);
    }
  throw new EngineError(`no libtorch of this machine can be used (${passedOver.join('; ')})`, {
    engine: 'torch-cpu',
    remedy: torchAdvice(),
  });
}

/** A library stays loaded for the life of the process. */
let loaded: Opened | undefined;

async function open(libtorch: Libtorch, passedOver: readonly string[]): Promise<Opened> {
  const torch = await import('@gan/tfjs-backend-torch');
  const { version, threads } = await torch.registerTorch({ folder: libtorch.folder });
  torch.registerTorchGradients();
  torch.installFusedLayers(layers);
  silence();
  const engine: Engine = {
    name: 'torch-cpu',
    device: 'cpu',
    version,
    threads,
    deterministic: true,
    adam: torch.fusedAdam,
    average: torch.fusedAverage,
    record: torch.recorded,
    linearAlgebra: linearAlgebra(torch.aten),
  };
  const { folder, origin } = libtorch;
  return { engine, backend: 'torch', library: { folder, origin }, passedOver };
}

function reopened(opened: Opened, threads: number | undefined): Opened {
  if (threads === undefined || threads === opened.engine.threads) return opened;
  throw new EngineError(
    `libtorch was loaded with ${opened.engine.threads} threads, and cannot change to ${threads} in the same process`,
    { remedy: 'say how many threads when you first call engine()' },
  );
}

const noLibtorch = (passedOver: readonly string[]): EngineError =>
  new EngineError(
    `there is no libtorch on this machine${passedOver.length > 0 ? ` that can be used (${passedOver.join('; ')})` : ''}`,
    { engine: 'torch-cpu', remedy: torchAdvice() },
  );

/** How to get a libtorch here. */
export function torchAdvice(): string {
  const pins = pinsOf(platformName());
  if (!pins)
    return `PyTorch publishes none for ${platformName()}: set GAN_LIBTORCH to the folder of one that you have built`;
  const { download, kept } = sizesOf(pins);
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  return `\`npx -p @gan/engine gan-engine install\` gets one (${megabytes(download)} to download, ${megabytes(kept)} on disk)`;
}
