import type { Laid } from './layout.js';

/** Where weights of one kind come from. */
export interface NameRule {
  /** Names of ours, as the source of a regular expression of the whole name: `'block(\\d+)\\.first/kernel'`. */
  readonly ours: string;
  /**
   * Their names: `$1` stands for the first group of `ours`, and a function is given all groups. Several are put together
   * by `from`. Null for what they have not: it stays as the network begins with it.
   */
  readonly theirs: string | readonly string[] | ((...groups: readonly string[]) => string) | null;
  /** What is made of several of theirs. */
  readonly from?: (given: readonly Laid[]) => Laid;
  /** How theirs is laid out as ours, `'o i h w -> h w i o'` (see `layout`); as it is unless said. */
  readonly layout?: string;
  /** Which part of the first axis of what was laid out, from 0; all unless said. */
  readonly part?: number;
  /** What a number of theirs is here; the same unless said. */
  readonly value?: (value: number) => number;
}

/**
 * Where all weights of a network come from. Of several rules that fit a name, the first counts whose tensors are there: so
 * a table can do for several versions of an implementation.
 */
export interface NameTable {
  readonly rules: readonly NameRule[];
  /** Their tensors that are no business of the network: what it has as constants, or what other networks take. */
  readonly ignored?: readonly RegExp[];
}

/** The rule for a weight, and the names of what it comes from. */
export interface Rule {
  readonly rule: NameRule;
  readonly sources: readonly string[];
}

/**
 * A function that looks a name of ours up in a table: the first rule that fits it and whose tensors are there, else the
 * first that fits it; undefined where none does.
 */
export function lookUp({ rules }: NameTable, tensors: object): (name: string) => Rule | undefined {
  const compiled = rules.map((rule) => [new RegExp(`^(?:${rule.ours})$`), rule] as const);
  return (name) => {
    const fitting = compiled.flatMap(([expression, rule]) => {
      const groups = expression.exec(name)?.slice(1);
      return groups ? [{ rule, sources: sourcesOf(rule.theirs, groups) }] : [];
    });
    return fitting.find(({ sources }) => sources.every((source) => Object.hasOwn(tensors, source))) ?? fitting[0];
  };
}

function sourcesOf(theirs: NameRule['theirs'], groups: readonly string[]): readonly string[] {
  if (theirs === null) return [];
  if (typeof theirs === 'function') return [theirs(...groups)];
  const filled = (of: string) => of.replace(/\$(\d)/g, (_, k) => groups[Number(k) - 1] ?? '');
  return (typeof theirs === 'string' ? [theirs] : theirs).map(filled);
}
