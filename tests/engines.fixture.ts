import '@tensorflow/tfjs-backend-cpu';
import { type EngineOptions, engine } from '@gan/engine';
import { memory, type Tensor, engine as tfEngine } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';

/** An engine that golden values are looked for on. */
export interface GoldenEngine {
  readonly title: string;
  readonly options: EngineOptions;
  /** How close values and gradients come, relative to the largest of their tensor. */
  readonly tolerance: number;
  /** Whether this machine has it. */
  readonly there: boolean;
}

const torch = await engine({ use: 'torch-cpu' }).then(
  () => true,
  () => false,
);

/** Constants pass through float32 in TensorFlow.js, in float64 too. */
export const engines: readonly GoldenEngine[] = [
  { title: 'cpu', options: { use: 'cpu' }, tolerance: 1e-5, there: true },
  { title: 'torch-cpu', options: { use: 'torch-cpu' }, tolerance: 1e-5, there: torch },
  // Only where it was built for the tests, which are then about it.
  ...(process.env['GAN_TFJS_NODE']
    ? [{ title: 'tfjs-node', options: { use: 'tfjs-node' }, tolerance: 1e-5, there: true } as const]
    : []),
  { title: 'torch-cpu in float64', options: { use: 'torch-cpu', precision: 'float64' }, tolerance: 1e-6, there: torch },
];

/** Gives each test an engine and a scope of its own, and fails the test that leaves tensors behind. */
export function inScopesOn(options: EngineOptions): void {
  let before = 0;
  beforeAll(() => engine(options));
  beforeEach(() => {
    before = memory().numTensors;
    tfEngine().startScope();
  });
  afterEach(() => {
    tfEngine().endScope();
    expect(memory().numTensors, 'tensors are left over').toBe(before);
  });
}

/** Compares numbers, relative to the largest of them. */
export function expectClose(actual: readonly number[], wanted: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(wanted.length);
  const scale = Math.max(1e-3, ...wanted.map(Math.abs));
  for (const [i, value] of actual.entries()) expect(Math.abs(value - wanted[i]!) / scale).toBeLessThan(tolerance);
}

/** The numbers of a tensor. */
export const numbers = (of: Tensor): number[] => Array.from(of.dataSync());
