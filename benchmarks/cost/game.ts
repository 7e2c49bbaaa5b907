import { dcganDiscriminator, dcganGenerator } from '@gan/architectures';
import { type AnyTerm, adam, type Game, game, type Network, on, type Role, type Sources } from '@gan/core';
import { nonSaturating } from '@gan/losses';
import type { Entry } from './catalogue.js';
import { headedJudge } from './headed-judge.js';

export const latents = 100;
const classes = 10;

/** Where a role of a term comes from, if not from a sample of its own name. */
const roles: Readonly<Record<string, Role>> = {
  real: 'sample',
  fake: 'fake',
  judge: 'judge',
  left: 'fake',
  right: 'sample',
  labelled: 'sample',
};

/** What else roles are bound to. */
const others = (sample: readonly number[]): Sources => ({
  classes: { data: classes },
  weights: { data: sample },
  category: { categorical: 10 },
  code: { uniform: [2] },
});

/** How a game is sized. */
export interface Sizes {
  /** The side of a picture of one channel. */
  readonly size: number;
  /** Channels of the finest map. */
  readonly filters?: number;
  /** How many of the judge's updates the generator looks ahead to; 0 unless said. */
  readonly unrolled?: number;
}

/**
 * A DCGAN under the non-saturating loss, or under the adversarial term of an entry, with any other term beside: what is
 * more than the plain one is the term's. A term that reads other heads than a score gets a judge that has them.
 */
export function gameOf(entry: Entry | undefined, { size, filters = 64, unrolled = 0 }: Sizes): Game {
  const sample = [size, size, 1] as const;
  const plain: readonly AnyTerm[] = entry?.kind === 'adversarial' || entry?.kind === 'wrapper' ? [] : [nonSaturating()];
  const terms = [...plain, ...(entry ? [entry.term] : [])];
  const heads = Object.assign({}, ...terms.map(({ reads }) => reads)) as Network['outputs'];
  const wanted = Object.keys(heads).join() === 'score' ? undefined : heads;
  const judge = wanted
    ? headedJudge({ sample, filters, heads })
    : dcganDiscriminator({ sample, filters, head: heads['score'] as 'linear' });
  const taken = new Set([...terms.flatMap(({ samples }): readonly string[] => samples), ...Object.keys(judge.inputs)]);
  const optimizer = adam({ learningRate: 2e-4, beta1: 0.5 });
  return game({
    networks: { generator: dcganGenerator({ sample, latents, filters }), judge },
    samples: {
      latents: { normal: [latents] },
      sample: { data: sample },
      fake: { by: 'generator' },
      ...Object.fromEntries(Object.entries(others(sample)).filter(([name]) => taken.has(name))),
    },
    objective: terms.map((term) =>
      on(
        { ...Object.fromEntries([...term.samples].map((role: string) => [role, roles[role] ?? role])), judge: 'judge' },
        term,
      ),
    ),
    players: {
      discriminator: { trains: ['judge'], optimizer },
      generator: { trains: ['generator'], optimizer, unrolls: { player: 'discriminator', updates: unrolled } },
    },
  } as never) as unknown as Game;
}
