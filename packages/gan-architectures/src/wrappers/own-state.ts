import type { Tensors } from '@gan/core';

/** Of a state, what is named `<prefix>/...`, and the rest. */
export function prefixed(state: Tensors, prefix: string): readonly [own: Tensors, rest: Tensors] {
  const all = Object.entries(state);
  const isOwn = ([name]: readonly [string, unknown]): boolean => name.startsWith(`${prefix}/`);
  return [Object.fromEntries(all.filter(isOwn)), Object.fromEntries(all.filter((entry) => !isOwn(entry)))];
}
