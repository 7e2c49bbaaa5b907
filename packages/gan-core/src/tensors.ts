import { keep, Tensor, tidy } from '@tensorflow/tfjs-core';

/** Tensors in records and arrays, however deep. */
export type Tree = Tensor | readonly Tree[] | { readonly [key: string]: Tree } | undefined;

/** Every tensor of a tree. */
export const tensorsOf = (tree: Tree | object): readonly Tensor[] => {
  const tensors: Tensor[] = [];
  collect(tree, tensors);
  return tensors;
};

function collect(tree: unknown, into: Tensor[]): void {
  if (tree instanceof Tensor) into.push(tree);
  else if (Array.isArray(tree)) for (const part of tree) collect(part, into);
  else if (typeof tree === 'object' && tree !== null) for (const key in tree) collect((tree as never)[key], into);
}

/** Protects every tensor of a tree from the scopes that are open. */
export function keepAll<T extends object>(tree: T): T {
  for (const tensor of tensorsOf(tree)) keep(tensor);
  return tree;
}

/** Frees every tensor of a tree that still lives, save those that `survivors` holds too. */
export function disposeAll(tree: object, survivors: object = []): void {
  const spared = new Set(tensorsOf(survivors));
  for (const tensor of new Set(tensorsOf(tree))) if (!spared.has(tensor) && !tensor.isDisposed) tensor.dispose();
}

/** Runs `body` in a scope of its own, which frees all that it made but what it gives back; that is the caller's to free. */
export function scoped<T extends object>(body: () => T): T {
  let result: T | undefined;
  tidy(() => {
    result = keepAll(body());
  });
  return result as T;
}
