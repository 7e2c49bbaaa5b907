import { Tensor, tensor } from '@tensorflow/tfjs-core';
import type { StoredTensor } from './checkpoint.js';
import { mapped } from './records.js';
import type { Tree } from './tensors.js';

/** Tensors by their place in a run: `weights/<network>/parameters/<name>`, `optimizers/<player>/<name>`, and so on. */
export const placesOf = (tree: Tree | object, path: readonly string[] = []): readonly (readonly [string, Tensor])[] =>
  Object.entries(tree as object).flatMap(([key, value]) =>
    value instanceof Tensor ? [[[...path, key].join('/'), value] as const] : placesOf(value, [...path, key]),
  );

/** A tree of the same form with each tensor replaced by what `value` gives for its place. */
export const rebuilt = <T extends object>(
  tree: T,
  value: (place: string, old: Tensor) => Tensor,
  path: readonly string[] = [],
): T =>
  mapped(tree as Readonly<Record<string, Tensor | object>>, (child, key) => {
    const inside = [...path, key];
    return child instanceof Tensor ? value(inside.join('/'), child) : rebuilt(child, value, inside);
  }) as T;

/** A tensor read from the engine: in float32, also from one that holds doubles. */
export async function storedTensor(value: Tensor): Promise<StoredTensor> {
  const { dtype, shape } = value;
  if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool')
    throw new TypeError(`a checkpoint holds float32, int32 and bool tensors, but one is ${dtype}`);
  return { dtype, shape: [...shape], values: (await value.data()) as StoredTensor['values'] };
}

/** A stored tensor on the current engine; the caller's. */
export const live = ({ values, shape, dtype }: StoredTensor): Tensor => tensor(values, [...shape], dtype);

/** Whether a stored tensor may stand for another of the engine. */
export const same = (
  stored: Pick<StoredTensor, 'dtype' | 'shape'> | undefined,
  { dtype, shape }: Pick<Tensor, 'dtype' | 'shape'>,
): boolean => stored !== undefined && stored.dtype === dtype && stored.shape.join() === shape.join();

/** `float32 3x3x64`. */
export const spelled = ({ dtype, shape }: { readonly dtype: string; readonly shape: readonly number[] }): string =>
  `${dtype} ${shape.join('x')}`.trimEnd();
