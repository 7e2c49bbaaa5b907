import { arch, cpus, platform, release, totalmem } from 'node:os';
import { type EngineOptions, engine } from '../engine.js';
import { EngineError } from '../engine-error.js';
import { torchAdvice } from '../engines/advice.js';
import { findLibtorch } from '../libtorch/find-libtorch.js';
import { hasNvidiaDriver, mayHaveGraphics } from '../libtorch/graphics.js';
import { computingOf, describe, type EngineReport } from '../report.js';
import { findAdapter } from '../webgpu/adapter.js';
import { findGpu } from '../webgpu/find-gpu.js';
import { type Speed, speed } from './speed.js';

/** What the doctor found. */
export interface Diagnosis {
  readonly engine: EngineReport;
  readonly machine: { readonly platform: string; readonly processor: string; readonly memory: number };
  /** Measured, in GFLOP/s. */
  readonly speed: Speed;
  /** What would be faster here, and how to get it. */
  readonly faster: readonly string[];
}

/** Chooses an engine, measures it, and says what would be faster. @throws EngineError if none can be used. */
export async function diagnose(options: EngineOptions): Promise<Diagnosis> {
  const report = await engine(options);
  const processors = cpus();
  return {
    engine: report,
    machine: {
      platform: `${platform()}-${arch()} ${release()}`,
      processor: `${processors[0]?.model.trim() ?? 'unknown'}, ${processors.length} threads`,
      memory: totalmem(),
    },
    speed: await speed(),
    faster: await fasterThan(report),
  };
}

/**
 * What would train faster here. A DCGAN on 28x28 takes WebAssembly some thirty times as long as libtorch, JavaScript
 * far longer.
 */
async function fasterThan({ name, skipped }: EngineReport): Promise<string[]> {
  const cuda = skipped.find((one) => one.name === 'torch-cuda');
  if (name === 'torch-cpu' && cuda && hasNvidiaDriver())
    return [
      `torch-cuda, on the graphics processor: ${cuda.reason}${cuda.remedy === undefined ? '' : `; ${cuda.remedy}`}`,
    ];
  if (name === 'torch-cpu' || name === 'tfjs-node') return graphicsHere();
  if (name !== 'wasm' && name !== 'cpu') return [];
  const { found } = await findLibtorch();
  const tried = skipped.find((one) => one.name === 'torch-cpu');
  const how = tried?.remedy ?? (found[0] ? `there is a libtorch in ${found[0].folder}` : torchAdvice());
  return [`torch-cpu, thirty times as fast and more: ${how}`];
}

/** Engines that compute on the processor come before WebGPU, which nobody has measured beside them on a graphics processor. */
async function graphicsHere(): Promise<string[]> {
  if (!mayHaveGraphics()) return [];
  try {
    const { gpu } = await findGpu();
    const { name, software } = await findAdapter(gpu);
    return software ? [] : [`webgpu on ${name}, perhaps: \`gan-engine doctor --engine webgpu\` measures it`];
  } catch (cause) {
    if (cause instanceof EngineError) return [];
    throw cause;
  }
}

const rounded = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(2));

/** A diagnosis as text, a line each. */
export function diagnosisText({ engine: report, machine, speed: measured, faster }: Diagnosis): string {
  const { node, tensorflowjs } = report.versions;
  const computing = computingOf(report.name);
  const lines = [
    describe(report),
    `device   ${report.device}`,
    `threads  ${report.threads === 0 ? 'chosen by the engine' : report.threads}`,
    `versions node ${node}, TensorFlow.js ${tensorflowjs}${computing === 'TensorFlow.js' ? '' : `, ${computing} ${report.version}`}`,
    `machine  ${machine.platform}, ${machine.processor}, ${(machine.memory / 2 ** 30).toFixed(1)} GiB`,
    `speed    ${rounded(measured.matMul)} GFLOP/s in matrix products, ${rounded(measured.conv2d)} in convolutions`,
    ...(faster.length > 0 ? faster.map((text) => `faster   ${text}`) : ['faster   nothing that this version knows of']),
  ];
  return lines.join('\n');
}
