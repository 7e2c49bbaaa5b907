import { createRequire } from 'node:module';

/** Node 23 removed functions that tfjs-node and tfjs-node-gpu call. */
export function restoreUtil(util: Record<string, unknown> = createRequire(import.meta.url)('node:util')): void {
  util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  util['isArray'] ??= Array.isArray;
}
