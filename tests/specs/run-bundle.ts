import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { SpecResult } from './spec-result.js';

/** A line of the log: a spec that has begun, one that has ended, or the end of all. */
type Line = SpecResult | (Pick<SpecResult, 'id' | 'file' | 'name'> & { started: true }) | { ended: readonly string[] };

/** Deaths of a process after which a run is given up. */
const MOST_CRASHES = 50;

const ended = (line: Line): line is SpecResult => 'status' in line;

/**
 * Runs specs that `bundleSpecs` has put together, and takes what is left of them up again after a process that died.
 *
 * @throws Error as `SpecSuite.run` does.
 */
export async function runSpecs(
  given: readonly [bundle: string, engine: string, log: string, filter: string],
): Promise<SpecResult[]> {
  const log = given[2];
  writeFileSync(log, '');
  for (let crashes = 0; ; crashes++) {
    const status = await child(given);
    const all = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Line => JSON.parse(line));
    const end = all.find((line) => 'ended' in line);
    if (end) {
      if (end.ended.length > 0) throw new Error(`outside the specs: ${end.ended.join('; ')}`);
      return all.filter(ended);
    }
    const last = all.at(-1);
    if (last === undefined || !('started' in last) || crashes === MOST_CRASHES)
      throw new Error(`the process that runs the specs ended outside a spec, or too often: ${status}`);
    const { id, file, name } = last;
    const messages = [`the process died: ${status}`];
    appendFileSync(log, `${JSON.stringify({ id, file, name, status: 'crashed', messages } satisfies SpecResult)}\n`);
  }
}

async function child(given: readonly [bundle: string, engine: string, ...rest: string[]]): Promise<string> {
  const ofWasm = () =>
    `${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'))}/dist/`;
  const binaries = given[1].endsWith('wasm') && { GAN_WASM_BINARIES: ofWasm() };
  const running = spawn(process.execPath, given, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...binaries },
    timeout: 600_000,
  });
  const [code, signal] = await once(running, 'exit');
  return `${signal ?? code}`;
}
