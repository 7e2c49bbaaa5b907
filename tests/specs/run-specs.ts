import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleSpecs } from './bundle-specs.js';
import type { SpecResult } from './spec-result.js';

/** A line of the log: a spec that has begun, one that has ended, or the end of all. */
type Line = SpecResult | (Pick<SpecResult, 'id' | 'file' | 'name'> & { started: true }) | { ended: readonly string[] };

const require = createRequire(import.meta.url);
const work = fileURLToPath(new URL('../node_modules/.cache/specs', import.meta.url));

/** Deaths of a process after which a run is given up. */
const MOST_CRASHES = 50;

const ended = (line: Line): line is SpecResult => 'status' in line;

/** tfjs-core's own specs, put together once. */
export interface SpecSuite {
  /**
   * Runs them on an engine, in a process of their own. A spec in which the process dies has crashed, and another process
   * goes on after it.
   *
   * @param engine As `openEngine` takes it.
   * @param filter A regular expression for `file: name`.
   * @throws Error if a process dies outside a spec, or something fails between specs.
   */
  readonly run: (engine: string, filter?: string) => Promise<SpecResult[]>;
  /** Removes what was put together. */
  readonly close: () => void;
}

/** Puts the specs together. */
export async function specSuite(): Promise<SpecSuite> {
  mkdirSync(work, { recursive: true });
  const folder = mkdtempSync(join(work, 'run-'));
  const bundle = join(folder, 'specs.mjs');
  await bundleSpecs(bundle);
  return {
    run: (engine, filter = '') => runAll([bundle, engine, join(folder, `${randomUUID()}.jsonl`), filter]),
    close: () => rmSync(folder, { recursive: true }),
  };
}

async function runAll(given: readonly [bundle: string, engine: string, log: string, filter: string]) {
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

async function child(given: readonly string[]): Promise<string> {
  const binaries = `${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))}/dist/`;
  const running = spawn(process.execPath, given, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, GAN_WASM_BINARIES: binaries },
    timeout: 600_000,
  });
  const [code, signal] = await once(running, 'exit');
  return `${signal ?? code}`;
}
