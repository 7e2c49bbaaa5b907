import { shown } from './checks.js';

/**
 * Which weights of a network are meant: those whose name matches an expression or satisfies a function, or those on a list
 * of names. A name on a list also stands for all that it begins, up to a `/` or a `.`: `'block1'` for
 * `block1.first/kernel`, `'block1.first'` too, but not `'block'`.
 */
export type NamePattern = RegExp | readonly string[] | ((name: string) => boolean);

/** Whether `start` is a name or begins it, up to a `/` or a `.`. */
export const begins = (start: string, name: string): boolean =>
  name.startsWith(start) && (name.length === start.length || /[/.]/.test(name[start.length]!));

/**
 * The names that are meant, in their order.
 *
 * @param what The option, for errors.
 * @throws TypeError if the pattern is none, or if it, or a name on its list, means none of them.
 */
export function matching(names: readonly string[], pattern: NamePattern, what: string): readonly string[] {
  if (!(pattern instanceof RegExp || Array.isArray(pattern) || typeof pattern === 'function'))
    throw new TypeError(
      `${what} must be a regular expression, a list of names or a function, but is ${shown(pattern)}`,
    );
  if (Array.isArray(pattern))
    for (const start of pattern as readonly string[])
      if (!names.some((name) => begins(start, name)))
        throw new TypeError(`${what} has ${shown(start)}, but there is no such name among ${listed(names)}`);
  const meant = (name: string): boolean => {
    if (pattern instanceof RegExp) return name.search(pattern) >= 0;
    return typeof pattern === 'function'
      ? pattern(name) === true
      : (pattern as readonly string[]).some((start) => begins(start, name));
  };
  const found = names.filter(meant);
  if (found.length === 0)
    throw new TypeError(
      `${what} is ${pattern instanceof RegExp ? String(pattern) : shown(pattern)}, which matches none of ${listed(names)}`,
    );
  return found;
}

/** The first few of some names, for a sentence. */
export const listed = (names: readonly string[]): string =>
  names.length === 0
    ? 'nothing'
    : names.slice(0, 6).join(', ') + (names.length > 6 ? ` and ${names.length - 6} more` : '');
