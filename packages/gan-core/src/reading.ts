import type { Judged, Ports } from './contract.js';
import type { Tensors } from './network.js';
import type { AnyTerm, Round, Side, Term } from './term.js';

/** The heads of a term under other names. */
export type Renamed<R extends Ports, H extends Readonly<Record<string, string>>> = {
  readonly [K in keyof R as K extends keyof H ? H[K] : K]: R[K];
};

/**
 * A term that reads another head of its judge under the name that it knows: `reading({ score: 'pixels' }, hinge())` is the
 * hinge loss of every pixel, for a judge that scores those too. Its name says so: `hinge-of-pixels`.
 *
 * @param heads For each head that the term reads and that has another name, that name.
 * @returns The term with its heads renamed.
 * @throws TypeError if the term does not read such a head, or two would have one name.
 */
export function reading<const H extends Readonly<Record<string, string>>, R extends Ports, Roles extends string>(
  heads: H,
  term: Term<R, Roles>,
): Term<Renamed<R, H>, Roles> {
  const { name, reads, discriminator, generator, after } = term;
  const absent = Object.keys(heads).find((head) => !Object.hasOwn(reads, head));
  if (absent !== undefined)
    throw new TypeError(`${name} does not read '${absent}', but ${Object.keys(reads).join(', ') || 'no head'}`);
  const named = (head: string): string => (Object.hasOwn(heads, head) ? heads[head]! : head);
  const entries = Object.entries(reads).map(([head, kind]) => [named(head), kind] as const);
  const twice = entries.find(([head], i) => entries.findIndex(([other]) => other === head) < i);
  if (twice) throw new TypeError(`${name} cannot read '${twice[0]}' as two heads`);
  const back = (given: Tensors): Tensors =>
    Object.fromEntries(Object.keys(reads).map((head) => [head, given[named(head)]!]));
  const seen = (round: Round): Round<R, Roles> =>
    // What is read by getters stays lazy.
    Object.create(round, {
      real: { get: () => back(round.real) },
      fake: { get: () => back(round.fake) },
      judged: {
        value: (role: Judged) => {
          const { inputs, outputs } = round.judged(role);
          return { inputs, outputs: back(outputs) };
        },
      },
      judge: { value: (...given: Parameters<Round['judge']>) => back(round.judge(...given)) },
    });
  const side = (of: Side<R, Roles> | undefined) => of && ((round: Round) => of(seen(round)));
  const renamed: AnyTerm = {
    ...term,
    name: [name, ...Object.values(heads)].join('-of-'),
    reads: Object.fromEntries(entries),
    discriminator: side(discriminator),
    generator: side(generator),
    after: after && ((round: Round) => after(seen(round))),
  };
  return renamed;
}
