import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleSpecs } from './bundle-specs.js';
import { runSpecs } from './run-bundle.js';
import type { SpecResult } from './spec-result.js';

const work = fileURLToPath(new URL('../node_modules/.cache/specs', import.meta.url));

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
    run: (engine, filter = '') => runSpecs([bundle, engine, join(folder, `${randomUUID()}.jsonl`), filter]),
    close: () => rmSync(folder, { recursive: true }),
  };
}
