import type { EngineName } from '@gan/core';
import type { Flags } from '../flags.mjs';

/** All that settles what a run computes. The same configuration gives the same bits on the same machine. */
export interface Configuration {
  readonly engine: EngineName;
  readonly threads: number;
  readonly steps: number;
  readonly batch: number;
  readonly seed: number;
  /** Channels of the finest maps of both networks. */
  readonly filters: number;
  readonly latents: number;
  /** Of the running average of the generator's weights. */
  readonly decay: number;
  /** How many digits are compared with as many real ones. */
  readonly samples: number;
  /** Steps between two grids, each with a checkpoint. */
  readonly gridEvery: number;
}

/** What runs on any engine alike. */
const common = { batch: 64, seed: 1, latents: 128, gridEvery: 250 };

/** The whole run: some minutes on libtorch and two cores. */
const full = { ...common, steps: 2000, filters: 64, decay: 0.99, samples: 5000 };

/** What an engine without native convolutions gets done in about as long. */
const small = { ...common, steps: 500, filters: 16, decay: 0.98, samples: 1000 };

/** Whether an engine computes without native code, so that the whole run would take it hours. */
export const isSlow = (engine: EngineName): boolean => engine === 'wasm' || engine === 'cpu';

/** Fills in what the user did not say, as befits the engine. */
export function configured(
  flags: Flags,
  engine: { readonly name: EngineName; readonly threads: number },
): Configuration {
  const { steps, batch, seed, filters, latents, decay, samples } = flags;
  const said = { steps, batch, seed, filters, latents, decay, samples };
  return {
    engine: engine.name,
    threads: engine.threads,
    ...(isSlow(engine.name) ? small : full),
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
  };
}
