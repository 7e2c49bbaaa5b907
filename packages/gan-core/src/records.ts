/** A record with every value replaced. */
export const mapped = <V, R>(
  from: Readonly<Record<string, V>>,
  make: (value: V, name: string) => R,
): Record<string, R> => Object.fromEntries(Object.entries(from).map(([name, value]) => [name, make(value, name)]));
