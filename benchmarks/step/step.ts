import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Peer, PeerError } from '../peers/peer.js';
import type { Prepared, Setup } from '../peers/protocol.js';
import { disagreement } from './agreement.js';
import { type Machine, machine } from './machine.js';
import { type PeerName, startedPeer } from './peers.js';
import { type Summary, summary } from './quiet.js';
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
  readonly peers: Readonly<Record<string, Summary>>;
  /** Our median by that of `torch`; absent if only one of them ran. */
  readonly ratio?: number;
  /** Of the steps that all peers took from the same weights with the same numbers, by peer. */
  readonly losses: Readonly<Record<string, Prepared['losses']>>;
  readonly versions: Readonly<Record<string, Prepared['versions']>>;
  readonly threads: Readonly<Record<string, number>>;
  readonly step: Omit<StepOptions, 'peers'>;
  readonly machine: Machine;
}

/** Steps of the check. */
const CHECKS = 3;

/**
 * Measures one training step in several processes that take turns, so that whatever else the machine does meets all of
 * them alike.
 *
 * @throws PeerError if a peer cannot do it, or does something else than we do.
 */
export async function measuredStep({ peers: names, ...options }: StepOptions): Promise<StepResult> {
  const folder = await mkdtemp(join(tmpdir(), 'gan-bench-'));
  const peers: Peer[] = [];
  try {
    const prepared: Record<string, Prepared> = {};
    for (const name of names) {
      const started = startedPeer(name, options.threads);
      peers.push(started);
      const channelsLast = name === 'torch-channels-last';
      prepared[name] = await started.prepare({ ...options, checks: CHECKS, folder, channelsLast });
      const fault = disagreement(prepared['ours']!, { name, ...prepared[name] });
      if (fault) throw new PeerError(fault);
    }
    const samples = await turns(peers, options);
    const summaries = Object.fromEntries(peers.map(({ name }) => [name, summary(samples[name]!)]));
    const { ours, torch } = summaries;
    const of = <K extends keyof Prepared>(key: K) =>
      Object.fromEntries(names.map((name) => [name, prepared[name]![key]]));
    return {
      peers: summaries,
      ...(ours && torch ? { ratio: Math.round((1000 * ours.medianMs) / torch.medianMs) / 1000 } : {}),
      losses: of('losses'),
      versions: of('versions'),
      threads: of('threads'),
      step: options,
      machine: machine(),
    };
  } finally {
    await Promise.all(peers.map(({ close }) => close()));
    await rm(folder, { recursive: true, force: true });
  }
}
