import {
  type AnyTerm,
  assertKnownOptions,
  assertNotNegative,
  type Ports,
  type Round,
  reading,
  shown,
  type Term,
} from '@gan/core';
import { add, mul, softmax, stack, sum } from '@tensorflow/tfjs-core';

/** Options of `ofJury`. */
export interface JuryOptions<J extends string> {
  /** The judges by name, as `jury` of @gan/architectures has them. */
  readonly judges: readonly J[];
  /**
   * How much the generator heeds the judge that it does worst with, lambda in the paper: 0, unless said, for the mean of all,
   * more for those that it does worse with, without end for the worst alone.
   */
  readonly strictness?: number;
}

/** The heads of a term, of each judge. */
export type JuryPorts<R extends Ports, J extends string> = {
  readonly [K in keyof R & string as `${J}.${K}`]: R[K];
};

/**
 * A term played with several judges at once (GMAN): each judge learns by itself, and the generator minimises a mean of what
 * it loses to them, in which the judges that it loses most to have the largest weights,
 *
 *     discriminator:  sum over i of V_i
 *     generator:      sum over i of w_i V_i       with  w = softmax(strictness * V)
 *
 * where V_i is the term of the i-th judge alone: `ofJury({ judges: ['deep', 'wide'], strictness: 1 }, nonSaturating())`
 * beside `discriminator: jury({ deep, wide })`. The weights are differentiated, too.
 *
 * @returns A term that reads each head of the given one of each judge, `deep.score` and `wide.score`.
 * @throws TypeError if there are no judges, or one twice; if the strictness is not a finite number of at least 0; if the
 *   term has a state or an action of its own.
 * @see Durugkar, Gemp, Mahadevan (2017), arXiv:1611.01673, sections 3.1 and 4.
 */
export function ofJury<const J extends string, R extends Ports, Roles extends string>(
  options: JuryOptions<J>,
  term: Term<R, Roles>,
): Term<JuryPorts<R, J>, Roles> {
  assertKnownOptions('ofJury', options, ['judges', 'strictness']);
  const { judges, strictness = 0 } = options;
  if (!Array.isArray(judges) || judges.length === 0 || new Set(judges).size < judges.length)
    throw new TypeError(`judges must be a list of different names, but is ${shown(judges)}`);
  assertNotNegative('strictness', strictness);
  if (term.init || term.after)
    throw new TypeError(`${term.name} keeps a state, which a jury would share: bind it to one judge at a time`);
  const heads = Object.keys(term.reads);
  const parts: readonly AnyTerm[] = judges.map((judge) =>
    reading(Object.fromEntries(heads.map((head) => [head, `${judge}.${head}`])), term),
  );
  const all = (side: 'discriminator' | 'generator') => (round: Round) => parts.map((part) => part[side]!(round));
  const { discriminator, generator } = term;
  const played: AnyTerm = {
    ...term,
    name: `${term.name}-of-jury`,
    reads: Object.assign({}, ...parts.map(({ reads }) => reads)),
    discriminator:
      discriminator && ((round: Round) => all('discriminator')(round).reduce((total, one) => add(total, one))),
    generator:
      generator &&
      ((round: Round) => {
        const values = stack(all('generator')(round));
        return sum(mul(softmax(mul(values, strictness)), values));
      }),
  };
  return played;
}
