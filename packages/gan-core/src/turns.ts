import { assertCount } from './checks.js';

/**
 * Alternating epochs: players play alone, one after the other, each for a number of steps, and then from the start, as
 * in `players: { judge: { ..., plays: each.judge }, maker: { ..., plays: each.maker } }` with
 * `each = turns({ judge: 100, maker: 50 })`. A function of the step alone, so that a run resumes in the middle of a turn.
 *
 * @param lengths How many steps each player has, in the order of play.
 * @returns When each player plays, by the number of the step from 0.
 * @throws TypeError unless every length is a whole number of at least 1.
 * @see Goodfellow et al. (2014), arXiv:1406.2661, section 4: in theory the judge is trained to the end between updates.
 */
export function turns<const Names extends string>(
  lengths: Readonly<Record<Names, number>>,
): Readonly<Record<Names, (step: number) => boolean>> {
  const names = Object.keys(lengths) as Names[];
  for (const name of names) assertCount(`turns.${name}`, lengths[name]);
  const round = names.reduce((sum, name) => sum + lengths[name], 0);
  let start = 0;
  const entries = names.map((name) => {
    const from = start;
    start += lengths[name];
    const to = start;
    return [name, (step: number) => step % round >= from && step % round < to] as const;
  });
  return Object.fromEntries(entries) as Record<Names, (step: number) => boolean>;
}
