/** What a value is, short enough for a sentence. */
export const shown = (value: unknown): string => {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' || value == null)
    return String(value);
  if (Array.isArray(value)) return `[${value.slice(0, 8).map(shown).join(', ')}${value.length > 8 ? ', ...' : ''}]`;
  if (typeof value === 'function') return 'a function';
  return `a ${(value as object).constructor?.name ?? 'object'}`;
};

const refuse = (name: string, expected: string, value: unknown): never => {
  throw new TypeError(`${name} must be ${expected}, but is ${shown(value)}`);
};

/** @throws TypeError unless `value` is a finite number. */
export function assertFinite(name: string, value: unknown): asserts value is number {
  if (typeof value !== 'number' || !Number.isFinite(value)) refuse(name, 'a finite number', value);
}

/** @throws TypeError unless `value` is a finite number above 0. */
export function assertPositive(name: string, value: unknown): asserts value is number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0)
    refuse(name, 'a positive finite number', value);
}

/** @throws TypeError unless `value` is a finite number, 0 or above. */
export function assertNotNegative(name: string, value: unknown): asserts value is number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    refuse(name, 'a finite number of at least 0', value);
}

/** @throws TypeError unless `value` lies in [0, 1). */
export function assertDecay(name: string, value: unknown): asserts value is number {
  if (typeof value !== 'number' || !(value >= 0 && value < 1)) refuse(name, 'at least 0 and less than 1', value);
}

/** @throws TypeError unless `value` is a whole number of at least `least` (1 unless said). */
export function assertCount(name: string, value: unknown, least = 1): asserts value is number {
  if (!Number.isSafeInteger(value) || (value as number) < least)
    refuse(name, `a whole number of at least ${least}`, value);
}

/** @throws TypeError unless `value` is one of `choices`. */
export function assertOneOf<const C extends readonly unknown[]>(
  name: string,
  value: unknown,
  choices: C,
): asserts value is C[number] {
  if (!choices.includes(value)) refuse(name, `one of ${choices.map(shown).join(', ')}`, value);
}

/** @throws TypeError if `options` has a key that is not among `known`: a misspelt option is never ignored. */
export function assertKnownOptions(of: string, options: object, known: readonly string[]): void {
  for (const key of Object.keys(options))
    if (!known.includes(key)) throw new TypeError(`${of} has no option '${key}'; it takes ${known.join(', ')}`);
}
