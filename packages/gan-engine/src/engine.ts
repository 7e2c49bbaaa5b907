import { assertCount, assertKnownOptions, assertOneOf, type EngineName, type Precision, useEngine } from '@gan/core';
import { getBackend, version_core } from '@tensorflow/tfjs-core';
import { choose } from './choose.js';
import { EngineError } from './engine-error.js';
import type { Candidate, Opened } from './engines/candidate.js';
import { cpu, wasm } from './engines/javascript.js';
import { tfjsNode, tfjsNodeGpu } from './engines/tensorflow.js';
import { torchCpu, torchCuda, torchMps } from './engines/torch.js';
import { webgpu } from './engines/webgpu.js';
import { registerGradients } from './gradients/register-gradients.js';
import type { EngineReport, Skipped } from './report.js';

export interface EngineOptions {
  /** The engine to use and no other; the fastest that loads unless said. */
  readonly use?: EngineName;
  /** How many threads an operator may use; libtorch's own choice (the physical cores) unless said. */
  readonly threads?: number;
  /**
   * float32 unless said. With float64 libtorch holds in doubles what TensorFlow.js calls float32: slow, and for truth.
   * Arrays and numbers handed to TensorFlow.js, and what it reads, are rounded to float32 still, so that differences are
   * taken on the engine; attributes of ops (`leakyRelu`'s `alpha`, the value of `fill`) are not.
   */
  readonly precision?: Precision;
}

const precisions: readonly Precision[] = ['float32', 'float64'];

/** In the order of preference. */
const candidates: readonly Candidate[] = [tfjsNodeGpu, torchCuda, torchMps, torchCpu, tfjsNode, wasm, cpu];
const onRequest: readonly Candidate[] = [webgpu];

/** The names that `use` takes. */
export const engineNames: readonly EngineName[] = [...candidates, ...onRequest].map(({ name }) => name);

let current: { readonly key: string; readonly backend: string; readonly report: EngineReport } | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * Chooses where the work runs, and says so: what `use` asks for, else the first of tfjs-node-gpu (where it sees a
 * graphics processor), libtorch on CUDA, on MPS and on the processor, tfjs-node, WebAssembly and JavaScript that loads
 * and computes a product, a convolution and its gradients right. It becomes the backend of TensorFlow.js and the
 * engine of `@gan/core`, with right gradients to any order (`registerGradients`).
 *
 * Calling it again with the same options costs nothing; with others it switches.
 *
 * @throws EngineError saying why and how to mend it, if the engine asked for cannot be used, if `GAN_LIBTORCH` is
 *   wrong, or if libtorch is loaded with another number of threads; for float64 of an engine without. TypeError for a bad option.
 */
export async function engine(options: EngineOptions = {}): Promise<EngineReport> {
  assertKnownOptions('engine', options, ['use', 'threads', 'precision']);
  const { use, threads, precision = 'float32' } = options;
  if (use !== undefined) assertOneOf('use', use, engineNames);
  if (threads !== undefined) assertCount('threads', threads);
  assertOneOf('precision', precision, precisions);
  const choice = last.catch(() => {}).then(() => switchTo(options));
  last = choice;
  return choice;
}

/** One at a time: a choice tries backends out. */
async function switchTo({ use, threads, precision = 'float32' }: EngineOptions): Promise<EngineReport> {
  const key = JSON.stringify([use, threads, precision]);
  if (current?.key === key && current.backend === getBackend()) return current.report;
  registerGradients();
  const all = use === undefined ? candidates : [...candidates, ...onRequest].filter(({ name }) => name === use);
  const able = all.filter(({ float64 = false }) => precision === 'float32' || float64);
  if (use !== undefined && able.length === 0)
    throw new EngineError('it computes in float32 only', { engine: use, remedy: 'choose torch-cpu for float64' });
  const { opened, skipped } = await choose(able, { threads, precision, byName: use !== undefined });
  useEngine(opened.engine);
  current = { key, backend: opened.backend, report: reportOf(opened, skipped) };
  return current.report;
}

function reportOf({ engine, library, passedOver = [] }: Opened, skipped: readonly Skipped[]): EngineReport {
  const { name, device, version, threads, deterministic, precision = 'float32', adam } = engine;
  return {
    name,
    device,
    version,
    threads,
    deterministic,
    precision,
    fusedAdam: adam !== undefined,
    ...(library && { library }),
    skipped,
    passedOver,
    versions: { node: process.versions.node, tensorflowjs: version_core },
  };
}
