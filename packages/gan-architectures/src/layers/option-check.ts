import { assertOneOf, shown } from '@gan/core';

/** Throws a TypeError that names the option unless the value is one that it may have. */
export type OptionCheck = (name: string, value: unknown) => void;

/** The check of an option that may be left out. */
export const optional =
  (check: OptionCheck): OptionCheck =>
  (name, value) => {
    if (value !== undefined) check(name, value);
  };

/** The check of an option that has a few choices. */
export const oneOf =
  (...choices: readonly unknown[]): OptionCheck =>
  (name, value) =>
    assertOneOf(name, value, choices);

/** @throws TypeError unless `value` lies in [0, 1]. */
export const assertShare: OptionCheck = (name, value) => {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1))
    throw new TypeError(`${name} must lie in [0, 1], but is ${shown(value)}`);
};
