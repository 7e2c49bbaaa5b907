import type { Engine, EngineName, Precision } from '@gan/core';

/** What `engine()` chose, and why. */
export interface EngineReport extends Omit<Engine, 'adam' | 'average' | 'linearAlgebra'> {
  readonly precision: Precision;
  /** Whether an update of Adam is one call. */
  readonly fusedAdam: boolean;
  /** The library that computes, and what led to it. */
  readonly library?: { readonly folder: string; readonly origin: string };
  /** Engines that come before this one and cannot be used, in order. */
  readonly skipped: readonly Skipped[];
  /** Libraries that were found and passed over, each with its reason. */
  readonly passedOver: readonly string[];
  readonly versions: { readonly node: string; readonly tensorflowjs: string };
}

export interface Skipped {
  readonly name: EngineName;
  /** Why it cannot be used. */
  readonly reason: string;
  /** How to mend that, if it can be. */
  readonly remedy?: string;
}

/** What computes, whose version an engine's is. */
export const computingOf = (name: EngineName): string =>
  name.startsWith('torch') ? 'libtorch' : name.startsWith('tfjs') ? 'TensorFlow' : 'TensorFlow.js';

/** One line: the engine, its version and threads, and its precision if that is not float32. */
export const titleOf = ({ name, version, threads, precision }: EngineReport): string => {
  const counted = threads === 0 ? '' : `, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return `${name} (${computingOf(name)} ${version}${counted}${precision === 'float32' ? '' : `, ${precision}`})`;
};

/**
 * A report as text: the engine first, then its library and what was skipped, a line each.
 *
 *     engine   torch-cpu (libtorch 2.15.0, 2 threads)
 *     library  our cache: /home/ada/.cache/gan/libtorch/2.15.0-linux-x64
 *     skipped  torch-cuda: this machine has no driver for NVIDIA graphics processors
 */
export function describe(report: EngineReport): string {
  const lines = [
    ['engine', titleOf(report)],
    ...(report.library ? [['library', `${report.library.origin}: ${report.library.folder}`]] : []),
    ...report.skipped.map(({ name, reason }) => ['skipped', `${name}: ${reason}`]),
    ...report.passedOver.map((text) => ['passed', text]),
  ];
  return lines.map(([label, text]) => `${label!.padEnd(8)} ${text}`).join('\n');
}
