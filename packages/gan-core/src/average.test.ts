import '@tensorflow/tfjs-backend-cpu';
import { dispose, memory, setBackend, tensor } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { averaged } from './average.js';
import { useEngine } from './engine.js';
import type { Tensors } from './network.js';

const values = (all: Tensors) => Object.fromEntries(Object.entries(all).map(([name, t]) => [name, [...t.dataSync()]]));

beforeAll(() => setBackend('cpu'));
afterEach(() => useEngine(undefined));

describe('averaged', () => {
  it('moves every float tensor by a share of the difference and copies the others', () => {
    const before = memory().numTensors;
    const averages = { w: tensor([0, 8]), gone: tensor([1]), steps: tensor([1], [1], 'int32') };
    const now = { w: tensor([4, 0]), steps: tensor([7], [1], 'int32') };
    const next = averaged(averages, now, 0.75);
    // 0.75 * 0 + 0.25 * 4 = 1; 0.75 * 8 + 0.25 * 0 = 6.
    expect(values(next)).toEqual({ w: [1, 6], steps: [7] });
    expect(next['steps']!.dtype).toBe('int32');
    dispose([averages, now]);
    expect(values(next)).toEqual({ w: [1, 6], steps: [7] });
    dispose(next);
    expect(memory().numTensors).toBe(before);
  });

  it('is the weighted sum of all values so far', () => {
    let average: Tensors = { w: tensor([0]) };
    for (let step = 1; step <= 10; step++) {
      const now = { w: tensor([step]) };
      const next = averaged(average, now, 0.5);
      dispose([average, now]);
      average = next;
    }
    // The sum over k of k * 0.5^(11 - k), k = 1 to 10, is 9 + 2^-10: exact in float32.
    expect(values(average)).toEqual({ w: [9 + 2 ** -10] });
    dispose(average);
  });

  it('lets the engine do it in one call where it can', () => {
    const engine = { name: 'cpu', device: 'cpu', version: '0', threads: 1, deterministic: true } as const;
    const calls: unknown[] = [];
    useEngine({
      ...engine,
      average: (averages, now, decay) => {
        calls.push([Object.keys(averages), Object.keys(now), decay]);
        return { w: tensor([42]) };
      },
    });
    const averages = { w: tensor([1]), gone: tensor([1]) };
    const now = { w: tensor([2]), on: tensor([1], [1], 'bool') };
    const next = averaged(averages, now, 0.5);
    expect(values(next)).toEqual({ w: [42], on: [1] });
    expect(calls).toEqual([[['w'], ['w'], 0.5]]);
    dispose([averages, now, next]);
  });

  it('refuses a decay out of range and a value without an average', () => {
    const w = tensor([1]);
    expect(() => averaged({ w }, { w }, 1)).toThrow('decay must be at least 0 and less than 1, but is 1');
    expect(() => averaged({}, { w }, 0.5)).toThrow("there is no average of 'w' to go on from");
    dispose(w);
  });
});
