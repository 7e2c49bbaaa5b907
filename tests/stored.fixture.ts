import { type Network, random, type Tensors, type Weights } from '@gan/core';
import { clone, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { numbers } from './engines.fixture.js';

/** A tensor as the scripts in tools/goldens write it. */
export interface Stored {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** Tensors by name. */
export type Table = Readonly<Record<string, Stored>>;

/** The tensor of what is stored. */
export const made = ({ shape, values }: Stored): Tensor => tensor([...values], [...shape]);

/** The pictures that the scripts show a judge: number i is i * 7919 mod 1024, from -1 to 1. */
export const pictures = (shape: readonly number[]): Tensor =>
  tensor(
    Array.from({ length: shape.reduce((size, side) => size * side, 1) }, (_, i) => ((i * 7919) % 1024) / 512 - 1),
    [...shape],
  );

/** Compares a tensor with a stored one, relative to its largest number; where fewer are stored, those are every `stride`th. */
export function expectStored(found: Tensor, { shape, values }: Stored, tolerance: number, stride = 1): void {
  expect(found.shape).toEqual(shape);
  const every = values.length === found.size ? 1 : stride;
  const kept = numbers(found).filter((_, i) => i % every === 0);
  expect(kept.length).toBe(values.length);
  const scale = Math.max(...values.map(Math.abs));
  expect(Math.max(...kept.map((value, i) => Math.abs(value - values[i]!) / scale))).toBeLessThan(tolerance);
}

/** Initial weights that the scope owns. */
function fresh(network: Network): Weights {
  const { parameters, state } = network.init(random(1));
  const moved = (all: Tensors): Tensors =>
    Object.fromEntries(
      Object.entries(all).map(([name, one]) => {
        const copy = clone(one);
        one.dispose();
        return [name, copy];
      }),
    );
  return { parameters: moved(parameters), state: moved(state) };
}

/**
 * A network's weights out of tables, owned by the scope: each parameter must be in the table, and the table's all be
 * parameters; of the state, what is not in its table stays as it starts.
 */
export function storedWeights(
  network: Network,
  table: { readonly parameters: Table; readonly state?: Table },
): Weights {
  const { parameters, state } = fresh(network);
  const states = table.state ?? {};
  expect(Object.keys(parameters).sort()).toEqual(Object.keys(table.parameters).sort());
  expect(Object.keys(state)).toEqual(expect.arrayContaining(Object.keys(states)));
  const filled = (initial: Tensors, stored: Table): Tensors =>
    Object.fromEntries(
      Object.entries(initial).map(([name, one]) => {
        const wanted = stored[name];
        if (wanted) expect([name, one.shape]).toEqual([name, wanted.shape]);
        return [name, wanted ? made(wanted) : one];
      }),
    );
  return { parameters: filled(parameters, table.parameters), state: filled(state, states) };
}
