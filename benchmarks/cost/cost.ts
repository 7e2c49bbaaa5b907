import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtPeer } from '../peers/built.js';
import { type Peer, PeerError } from '../peers/peer.js';
import type { Prepared } from '../peers/protocol.js';
import { disagreement, LATER, TOLERANCE } from '../step/agreement.js';
import { type Machine, machine } from '../step/machine.js';
import { startedPeer } from '../step/peers.js';
import { type Summary, summary } from '../step/quiet.js';
import { type Stepper, turns } from '../step/turns.js';
import { catalogue } from './catalogue.js';

/** Everything that has a cost: the terms, and an unrolled judge. */
export const costs: readonly string[] = [...Object.keys(catalogue), 'unrolled5'];

/** Those that `models/term.py` has too. */
export const COMPARED: readonly string[] = ['r1', 'gradientPenalty', 'pathLength', 'unrolled5'];

/** What is measured. */
export interface CostOptions {
  readonly variants: readonly string[];
  /** `torch` beside ours, or ours alone. */
  readonly peers: readonly ('ours' | 'torch')[];
  readonly size: number;
  readonly batch: number;
  readonly steps: number;
  readonly warmup: number;
  readonly threads: number;
  readonly device: 'cpu' | 'cuda';
}

/** The time of a step. */
export interface Cost extends Summary {
  /** Its median by that of the plain step of the same peer. */
  readonly multiple: number;
}

/** What was measured. */
export interface CostResult {
  readonly variants: Readonly<Record<string, { readonly ours: Cost; readonly torch?: Cost }>>;
  readonly versions: Readonly<Record<string, Prepared['versions']>>;
  readonly step: Omit<CostOptions, 'variants' | 'peers'>;
  readonly machine: Machine;
}

/** Steps of the check. */
const CHECKS = 2;

/**
 * Measures a step with each term as a multiple of the plain one. All trainings of a peer live in one process and take
 * turns, step by step, so that whatever else the machine does meets all of them alike.
 *
 * @throws PeerError if a peer cannot do it, or does something else than we do.
 */
export async function measuredCost(options: CostOptions): Promise<CostResult> {
  const { variants, peers: names, ...step } = options;
  const folder = await mkdtemp(join(tmpdir(), 'gan-bench-'));
  const peers: Peer[] = [];
  try {
    const program = await builtPeer(join(folder, 'program'));
    for (const name of names) peers.push(startedPeer(name, step.threads, program));
    const steppers: Stepper[] = [];
    const versions: Record<string, Prepared['versions']> = {};
    for (const variant of ['plain', ...variants]) {
      const own = join(folder, variant);
      await mkdir(own);
      const setup = { ...step, model: 'term', variant, checks: CHECKS, folder: own, channelsLast: false };
      let ours: Prepared | undefined;
      for (const peer of peers) {
        if (peer.name !== 'ours' && variant !== 'plain' && !COMPARED.includes(variant)) continue;
        const prepared = await peer.prepare(setup);
        versions[peer.name] = prepared.versions;
        ours ??= prepared;
        // Looking ahead, the first steps of Adam are in the first loss already.
        const first = variant === 'unrolled5' ? LATER : TOLERANCE;
        const fault = disagreement(ours, { name: peer.name, ...prepared }, first);
        if (fault) throw new PeerError(`${variant}: ${fault}`);
        steppers.push({ name: `${peer.name}/${variant}`, step: () => peer.step(variant) });
      }
      await rm(own, { recursive: true });
    }
    const samples = await turns(steppers, step);
    const costs = Object.entries(samples).map(([name, taken]): [string, Summary] => [name, summary(taken)]);
    return { variants: multiples(Object.fromEntries(costs)), versions, step, machine: machine() };
  } finally {
    await Promise.all(peers.map(({ close }) => close()));
    await rm(folder, { recursive: true, force: true });
  }
}

/** Summaries by `<peer>/<variant>`, as multiples of each peer's `plain`. */
export function multiples(summaries: Readonly<Record<string, Summary>>): CostResult['variants'] {
  const variants: Record<string, { ours: Cost; torch?: Cost }> = {};
  for (const [name, taken] of Object.entries(summaries)) {
    const [peer, variant] = name.split('/') as ['ours' | 'torch', string];
    const multiple = Math.round((100 * taken.medianMs) / summaries[`${peer}/plain`]!.medianMs) / 100;
    variants[variant] = { ...variants[variant], [peer]: { ...taken, multiple } } as { ours: Cost };
  }
  return variants;
}
