/** Values by name. */
type Named<V> = Readonly<Record<string, V>>;

/** The values with a prefix to their names. */
export const under = <V>(prefix: string, values: Named<V>): Named<V> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]));

/** Those whose names have the prefix, without it. */
export const within = <V>(prefix: string, values: Named<V>): Named<V> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  );

/** Those whose names do not have the prefix. */
export const beyond = <V>(prefix: string, values: Named<V>): Named<V> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith(prefix)));
