import { shown } from './checks.js';

/** @throws TypeError naming the place where `value` holds something that JSON would change or drop. */
export function assertJson(where: string, value: unknown): void {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (typeof value !== 'object' || !isPlain(value))
    throw new TypeError(`${where} must be JSON, but is ${shown(value)}`);
  for (const [key, each] of Object.entries(value)) assertJson(`${where}.${key}`, each);
}

const isPlain = (value: object): boolean =>
  Array.isArray(value) || (Object.getPrototypeOf(value) ?? Object.prototype) === Object.prototype;
