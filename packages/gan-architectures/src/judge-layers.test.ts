import { describe, expect, it } from 'vitest';
import { layerCases, layerGolden, layerOutcome } from './judge-layers.fixture.js';
import { inScopes } from './network.fixture.js';

/** float32 against float64: relative to the largest number of the tensor. */
function expectClose(actual: readonly number[], wanted: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(wanted.length);
  const scale = Math.max(1e-3, ...wanted.map(Math.abs));
  for (const [i, value] of actual.entries()) expect(Math.abs(value - wanted[i]!) / scale).toBeLessThan(tolerance);
}

describe('the layers of judges', () => {
  inScopes();

  it.each(layerCases)('%s: outputs, gradients and state are those of independent code in float64', (name) => {
    const [actual, wanted] = [layerOutcome(name), layerGolden(name)];
    for (const [i, output] of wanted.outputs.entries()) expectClose(actual.outputs[i]!, output, 1e-5);
    expect(Object.keys(actual.gradients)).toEqual(Object.keys(wanted.gradients));
    for (const [key, gradient] of Object.entries(wanted.gradients)) expectClose(actual.gradients[key]!, gradient, 1e-5);
    if (wanted.slope) expectClose(actual.slope!, wanted.slope, 1e-5);
    if (wanted.inference) expectClose(actual.inference!, wanted.inference, 1e-5);
    expect(Object.keys(actual.after)).toEqual(Object.keys(wanted.after));
    for (const [key, value] of Object.entries(wanted.after)) expectClose(actual.after[key]!, value, 1e-5);
  });
});
