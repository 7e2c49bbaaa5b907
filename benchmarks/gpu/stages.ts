import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, engine } from '@gan/engine';
import { ofKernels } from '../../tests/specs/exclusions.js';
import { runSpecs } from '../../tests/specs/run-bundle.js';
import type { SpecResult } from '../../tests/specs/spec-result.js';
import { measuredStep, type StepResult } from '../step/step.js';
import type { OpFinding } from './gradients.js';

/** What a session is asked for. */
export interface SessionOptions {
  readonly device: 'cpu' | 'cuda';
  readonly out: string;
  /** `dcgan:64:64`: model, side of a picture, batch. */
  readonly models: readonly string[];
  readonly steps: number;
  readonly threads: number;
  /** Regular expressions for specs and ops; all unless said. */
  readonly specs: string;
  readonly ops: string;
}

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Which engine it is, in words. */
export const enginePart = async ({ device }: SessionOptions): Promise<string> =>
  describe(await engine({ use: `torch-${device}`, tensorFloat32: false }));

/** tfjs-core's own specs. */
export interface SpecsPart {
  readonly passed: number;
  readonly pending: number;
  /** Those that fail on purpose, and on libtorch everywhere. */
  readonly excluded: number;
  readonly failed: readonly SpecResult[];
}

export async function specsPart({ device, out, specs }: SessionOptions): Promise<SpecsPart> {
  const name = device === 'cpu' ? 'torch' : `torch-${device}`;
  const results = await runSpecs([beside('./specs.mjs'), name, join(out, 'specs.jsonl'), specs]);
  const wrong = results.filter(({ status }) => status === 'failed' || status === 'crashed');
  const failed = wrong.filter(({ file, name: title }) => !(`${file}: ${title}` in ofKernels));
  const count = (status: string) => results.filter((result) => result.status === status).length;
  return { passed: count('passed'), pending: count('pending'), excluded: wrong.length - failed.length, failed };
}

/** What was found of gradients. */
export interface GradientsPart {
  readonly found: readonly OpFinding[];
  /** Why it found no more; absent if it came to its end. */
  readonly cut?: string;
}

/** Gradients of every op. */
export async function gradientsPart({ device, out, ops }: SessionOptions, signal: AbortSignal): Promise<GradientsPart> {
  const child = spawn(process.execPath, [beside('./gradients.mjs'), device, '2', ops], {
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
  });
  const end = new Promise<string | undefined>((resolve) => {
    child.once('error', ({ message }) => resolve(signal.aborted ? 'the time was up' : message));
    child.once('exit', (code, by) =>
      resolve(code === 0 ? undefined : `the program ended with ${by ?? `exit code ${code}`}`),
    );
  });
  const found: OpFinding[] = [];
  for await (const line of createInterface({ input: child.stdout })) found.push(JSON.parse(line));
  writeFileSync(join(out, 'gradients.json'), JSON.stringify(found, null, 2));
  const cut = await end;
  if (found.length === 0)
    throw new Error(`the gradients ended before the first of them: ${cut ?? 'no op is called so'}`);
  return { found, ...(cut !== undefined && { cut }) };
}

/** A step of a model beside PyTorch's eager one. */
export async function stepPart(
  { device, steps, threads }: SessionOptions,
  model: string,
  tensorFloat32: boolean,
): Promise<StepResult> {
  const [name = '', size = '28', batch = '64'] = model.split(':');
  const how = { size: Number(size), batch: Number(batch), steps, warmup: 10, threads, device, tensorFloat32 };
  return measuredStep({ model: name, peers: ['ours', 'torch', 'torch-channels-last'], ...how }, async () =>
    beside('./ours.mjs'),
  );
}
