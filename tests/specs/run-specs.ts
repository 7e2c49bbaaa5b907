import { spawn } from 'node:child_process';
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

/**
 * Runs tfjs-core's own specs on an engine, in a process of their own. A spec in which the process dies has crashed, and
 * another process goes on after it.
 *
 * @param engine The backend's name in TensorFlow.js.
 * @param filter A regular expression for `file: name`.
 * @throws Error if a process dies outside a spec, or something fails between specs.
 */
export async function runSpecs(engine: string, filter = ''): Promise<SpecResult[]> {
  mkdirSync(work, { recursive: true });
  const folder = mkdtempSync(join(work, 'run-'));
  const [bundle, log] = [join(folder, 'specs.mjs'), join(folder, 'specs.jsonl')];
  const lines = (): Line[] =>
    readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  writeFileSync(log, '');
  try {
    await bundleSpecs(bundle);
    for (let crashes = 0; ; crashes++) {
      const status = await child(bundle, engine, log, filter);
      const all = lines();
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
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function child(...[bundle, ...given]: [bundle: string, ...given: string[]]): Promise<string> {
  const binaries = `${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))}/dist/`;
  const running = spawn(process.execPath, [bundle, ...given], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, GAN_WASM_BINARIES: binaries },
    timeout: 600_000,
  });
  const [code, signal] = await once(running, 'exit');
  return `${signal ?? code}`;
}
