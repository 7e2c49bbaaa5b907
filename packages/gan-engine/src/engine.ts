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
  /**
   * On CUDA: whether cuDNN tries its ways to convolve on each new shape and goes on with the fastest, which differs from run
   * to run, and its last bits with it. Others have nothing to try. No unless said.
   */
  readonly autotune?: boolean;
  /**
   * Whether the same seed must give the same bits twice: an engine that does not promise that is passed over. CUDA promises it
   * when asked, and then refuses the few operators that cannot. No unless said.
   */
  readonly deterministic?: boolean;
  /**
   * On CUDA: whether factors of convolutions may be rounded to 10 bits, several times as fast. As in PyTorch they are unless
   * said, and those of matrix products are not.
   */
  readonly tensorFloat32?: boolean;
}

const switches = ['autotune', 'deterministic', 'tensorFloat32'] as const;

const precisions: readonly Precision[] = ['float32', 'float64'];

/** In the order of preference. */
const candidates: readonly Candidate[] = [tfjsNodeGpu, torchCuda, torchMps, torchCpu, tfjsNode, webgpu, wasm, cpu];

/** The names that `use` takes. */
export const engineNames: readonly EngineName[] = candidates.map(({ name }) => name);

let current: { readonly key: string; readonly opened: Opened; readonly report: EngineReport } | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * Chooses where the work runs, and says so: what `use` asks for, else the first of tfjs-node-gpu (where it sees a
 * graphics processor), libtorch on CUDA, on MPS and on the processor, tfjs-node, WebGPU (where it finds a graphics
 * processor that is none of software), WebAssembly and JavaScript that loads and computes a product, a convolution and
 * its gradients right. It becomes the backend of TensorFlow.js and the engine of `@gan/core`, with right gradients to
 * any order (`registerGradients`).
 *
 * Calling it again with the same options costs nothing; with others it switches.
 *
 * @throws EngineError saying why and how to mend it, if the engine asked for cannot be used, if `GAN_LIBTORCH` is
 *   wrong, or if libtorch is loaded with another number of threads; for float64 of an engine without, and for bits that it does not promise. TypeError for a bad option.
 */
export async function engine(options: EngineOptions = {}): Promise<EngineReport> {
  assertKnownOptions('engine', options, ['use', 'threads', 'precision', ...switches]);
  const { use, threads, precision = 'float32' } = options;
  if (use !== undefined) assertOneOf('use', use, engineNames);
  if (threads !== undefined) assertCount('threads', threads);
  assertOneOf('precision', precision, precisions);
  for (const name of switches) if (options[name] !== undefined) assertOneOf(name, options[name], [true, false]);
  if (options.autotune && options.deterministic)
    throw new TypeError('autotune and deterministic exclude each other, but both are true');
  const choice = last.catch(() => {}).then(() => switchTo(options));
  last = choice;
  return choice;
}

/** One at a time: a choice tries backends out. */
async function switchTo(options: EngineOptions): Promise<EngineReport> {
  const { use, threads, precision = 'float32', autotune, deterministic, tensorFloat32 } = options;
  const key = JSON.stringify([use, threads, precision, ...switches.map((name) => options[name])]);
  if (current?.key === key && current.opened.backend === getBackend() && !current.opened.isLost?.())
    return current.report;
  registerGradients();
  const all = use === undefined ? candidates : candidates.filter(({ name }) => name === use);
  const able = all.filter(({ float64 = false }) => precision === 'float32' || float64);
  if (use !== undefined && able.length === 0)
    throw new EngineError('it computes in float32 only', { engine: use, remedy: 'choose torch-cpu for float64' });
  const { opened, skipped } = await choose(able, {
    threads,
    precision,
    autotune,
    deterministic,
    tensorFloat32,
    byName: use !== undefined,
  });
  useEngine(opened.engine);
  current = { key, opened, report: reportOf(opened, skipped) };
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
