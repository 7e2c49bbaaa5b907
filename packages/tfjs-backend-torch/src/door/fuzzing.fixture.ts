import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callText, fuzzCall } from './fuzz.fixture.js';

/** What a process with fuzzed calls has seen. */
export interface Fuzzed {
  /** Calls that ended with a TorchError; the others ended with a result. */
  readonly refused: number;
  /** The first call that threw something else, with what it threw. */
  readonly wrong?: string;
  /** Handles that outlived their calls. */
  readonly leaked: number;
}

/**
 * Makes the first `count` calls of a seed in a process of its own, with 5 GB to allocate, so that sizes beyond that are errors
 * instead of a machine at a standstill.
 *
 * @throws Error with the call that was being made if the process ends before its time.
 */
export function fuzz(seed: number, count: number): Fuzzed {
  const folder = mkdtempSync(join(tmpdir(), 'gan-fuzz-'));
  try {
    const log = join(folder, 'call');
    const child = join(import.meta.dirname, 'fuzz.child.ts');
    // tsx runs WebAssembly, which needs addresses by the gigabyte unless told not to guard its memory by them.
    const node = [process.execPath, '--disable-wasm-trap-handler', '--import', 'tsx'];
    const command = [...node, child, seed, 0, count, log].map(String);
    // 15 GB of addresses are taken before the first call; few of them are memory.
    const { status, signal, stdout } = spawnSync('/bin/sh', ['-c', 'ulimit -v 20000000; exec "$@"', 'sh', ...command], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      // A call takes 4 ms, backtraces included; one that never ends is as bad as a crash.
      timeout: 60_000 + 20 * count,
      killSignal: 'SIGKILL',
    });
    if (status === 0) return JSON.parse(stdout);
    const index = readFileSync(log).readDoubleLE(0);
    throw new Error(
      `${signal ?? `exit code ${status}`} in call ${index} of seed ${seed}, ${callText(fuzzCall(seed, index))}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
