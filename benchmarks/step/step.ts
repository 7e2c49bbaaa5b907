import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Peer, PeerError } from '../peers/peer.js';
import type { Prepared, Setup } from '../peers/protocol.js';
import { COARSE, disagreement, LATER, TOLERANCE } from './agreement.js';
import { comparison, type PeerResult, rounded } from './comparison.js';
import { type Machine, machine } from './machine.js';
import { type PeerName, startedPeer } from './peers.js';
import { summary } from './quiet.js';
import { turns } from './turns.js';

/** What is measured. */
export interface StepOptions extends Omit<Setup, 'folder' | 'channelsLast' | 'checks'> {
  readonly peers: readonly PeerName[];
  /** Steps of each peer that count. */
  readonly steps: number;
  /** Steps of each peer before. */
  readonly warmup: number;
}

/** What was measured. */
export interface StepResult {
  readonly peers: Readonly<Record<string, PeerResult>>;
  /** Peers that could not do it, with their reasons. */
  readonly leftOut: Readonly<Record<string, string>>;
  /** Our median by that of `torch`; absent if only one of them ran. */
  readonly ratio?: number;
  /** Of the steps that all peers took from the same weights with the same numbers, by peer. */
  readonly losses: Readonly<Record<string, Prepared['losses']>>;
  readonly versions: Readonly<Record<string, Prepared['versions']>>;
  readonly threads: Readonly<Record<string, number>>;
  readonly step: Omit<StepOptions, 'peers'>;
  /** A sample, `[height, width, channels]` if it is a picture. */
  readonly sample: readonly number[];
  /** Multiply-adds of a step, as our peer counted them. */
  readonly multiplyAdds: number;
  /** The best that large matrix products reached, before the steps and after them. */
  readonly peakGigaflops: number;
  readonly machine: Machine;
}

/** Steps of the check. */
const CHECKS = 3;

/** Products of large matrices before the steps, and again after them. */
const PEAK_ROUNDS = 6;

/**
 * Measures one training step in several processes that take turns, so that whatever else the machine does meets all of
 * them alike.
 *
 * Whoever else cannot do it is left out, and said why.
 *
 * @param build Gives the path of our program, for which it may use a folder: `builtPeer`.
 * @throws PeerError if our peer cannot do it, or another does something else than we do.
 */
export async function measuredStep(
  { peers: names, ...options }: StepOptions,
  build: (folder: string) => Promise<string>,
): Promise<StepResult> {
  const folder = await mkdtemp(join(tmpdir(), 'gan-bench-'));
  const peers: Peer[] = [];
  const able: Peer[] = [];
  try {
    const program = await build(join(folder, 'program'));
    const prepared: Record<string, Prepared> = {};
    const leftOut: Record<string, string> = {};
    for (const name of names) {
      const started = startedPeer(name, options.threads, program);
      peers.push(started);
      const how = { channelsLast: name === 'torch-channels-last', compiled: name === 'torch-compile' };
      try {
        prepared[name] = await started.prepare({ ...options, checks: CHECKS, folder, ...how });
      } catch (error) {
        if (name === 'ours' || !(error instanceof PeerError)) throw error;
        leftOut[name] = error.message;
        continue;
      }
      const { first, later } = options.tensorFloat32 ? COARSE : { first: TOLERANCE, later: LATER };
      const fault = disagreement(prepared['ours']!, { name, ...prepared[name] }, first, later);
      if (fault) throw new PeerError(fault);
      able.push(started);
    }
    const [ours] = able as [Peer];
    const before = await ours.peak(PEAK_ROUNDS);
    const samples = await turns(able, options);
    const after = await ours.peak(PEAK_ROUNDS);
    const peak = Math.max(before.gigaflops, after.gigaflops);
    const { sample = [], multiplyAdds = 0 } = prepared['ours']!;
    const summaries = Object.fromEntries(able.map(({ name }) => [name, summary(samples[name]!)]));
    const results = comparison(summaries, multiplyAdds, peak);
    const ratio = results['torch']?.ratio;
    const of = <K extends keyof Prepared>(key: K) =>
      Object.fromEntries(able.map(({ name }) => [name, prepared[name]![key]]));
    return {
      peers: results,
      leftOut,
      ...(ratio === undefined ? {} : { ratio }),
      losses: of('losses') as StepResult['losses'],
      versions: of('versions') as StepResult['versions'],
      threads: of('threads') as StepResult['threads'],
      step: options,
      sample,
      multiplyAdds,
      peakGigaflops: rounded(peak, 1),
      machine: machine(),
    };
  } finally {
    await Promise.all(peers.map(({ close }) => close()));
    await rm(folder, { recursive: true, force: true });
  }
}
