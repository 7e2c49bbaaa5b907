import type { Json } from './checkpoint.js';

/** Where two values differ. */
export interface Difference {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

const isTree = (value: Json | undefined): value is readonly Json[] | { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null;

/** Every leaf at which two JSON values differ; `absent` where one of them has none. */
export function differences(before: Json | undefined, after: Json | undefined, path = ''): readonly Difference[] {
  if (isTree(before) && isTree(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) =>
      differences(
        (before as Record<string, Json>)[key],
        (after as Record<string, Json>)[key],
        path === '' ? key : `${path}.${key}`,
      ),
    );
  }
  const spelled = (value: Json | undefined) => (value === undefined ? 'absent' : JSON.stringify(value));
  return spelled(before) === spelled(after) ? [] : [{ path, before: spelled(before), after: spelled(after) }];
}
