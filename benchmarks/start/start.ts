import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { built } from '../peers/built.js';
import { PeerError } from '../peers/peer.js';
import { interpreterOrRefusal } from '../python/interpreter.js';
import { type Machine, machine } from '../step/machine.js';
import { machineBusy, type Summary, summary } from '../step/quiet.js';

/** What is measured. */
export interface StartOptions {
  /** How many times each program is started. */
  readonly times: number;
  readonly threads: number;
}

/** What was measured: from the start of the process to the losses of the first step. */
export interface StartResult {
  readonly peers: Readonly<Record<'ours' | 'torch', Summary>>;
  readonly options: StartOptions;
  readonly machine: Machine;
}

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/**
 * The time from the start of a process to the losses of its first step: a DCGAN on a batch of 64 pictures of 28 x 28, in
 * memory. Two programs take turns, ours built as packages are and PyTorch's.
 *
 * @throws TypeError without a Python that has PyTorch; PeerError if a program ends before its first step.
 */
export async function measuredStart(options: StartOptions): Promise<StartResult> {
  const python = interpreterOrRefusal();
  const folder = await mkdtemp(join(tmpdir(), 'gan-bench-'));
  try {
    const programs = {
      ours: [process.execPath, await built(path('./ours.ts'), folder)],
      torch: [python, path('./torch_start.py')],
    } as const;
    const samples = { ours: [] as Sample[], torch: [] as Sample[] };
    for (let k = -1; k < options.times; k++)
      for (const [name, [file, program]] of Object.entries(programs)) {
        const sample = await started(file, program, options.threads);
        // The first fills the file system's cache.
        if (k >= 0) samples[name as keyof typeof samples].push(sample);
      }
    const peers = { ours: summary(samples.ours), torch: summary(samples.torch) };
    return { peers, options, machine: machine() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Sample = Parameters<typeof summary>[0][number];

function started(file: string, program: string, threads: number): Promise<Sample> {
  const [busy, start] = [machineBusy(), performance.now()];
  const count = String(threads);
  const child = spawn(file, [program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: count, MKL_NUM_THREADS: count },
  });
  return new Promise((resolve, reject) => {
    let sample: Sample | undefined;
    child.on('error', ({ message }) => reject(new PeerError(`${file} cannot be started: ${message}`)));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const milliseconds = performance.now() - start;
      const { cpuMilliseconds } = JSON.parse(line) as { readonly cpuMilliseconds: number };
      sample = { milliseconds, cpuMilliseconds, others: machineBusy() - busy - cpuMilliseconds };
    });
    child.on('close', (code) => {
      if (sample) resolve(sample);
      else reject(new PeerError(`${program} ended with exit code ${code} before its first step`));
    });
  });
}

/** For people. */
export const startTable = ({ peers, options, machine: of }: StartResult): string =>
  [
    `from the start of the process to the losses of the first step: DCGAN 28x28x1, batch 64, ${options.threads} threads, ${of.cores} cores of ${of.processor}`,
    ...Object.entries(peers).map(
      ([name, { medianMs, minimumMs, cpuMs, steps, undisturbed }]) =>
        `${name.padEnd(5)}  median ${medianMs.toFixed(0)} ms  minimum ${minimumMs.toFixed(0)} ms  processor ${cpuMs.toFixed(0)} ms  ${steps} starts (${undisturbed} undisturbed)`,
    ),
    `ours / torch: ${(peers.ours.medianMs / peers.torch.medianMs).toFixed(2)}`,
  ].join('\n');
