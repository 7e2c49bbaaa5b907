import { assertNotNegative } from './checks.js';
import type { Rate } from './optimizer.js';

type Range = (name: string, value: unknown) => void;

/** @throws TypeError unless `rate` is a function, or a number in its range: a finite one of at least 0 unless said. */
export function assertRate(name: string, rate: unknown, range: Range = assertNotNegative): void {
  if (typeof rate !== 'function') range(name, rate);
}

/**
 * The value of a rate at an update.
 *
 * @throws TypeError if a schedule gives what is out of its range.
 */
export function rateAt(name: string, rate: Rate, update: number, range: Range = assertNotNegative): number {
  const value = typeof rate === 'function' ? rate(update) : rate;
  range(`${name}(${update})`, value);
  return value;
}
