import { add, mul, Tensor } from '@tensorflow/tfjs-core';
import { shown } from './checks.js';
import type { Game } from './game.js';
import type { Tensors } from './network.js';
import type { Player } from './player.js';
import type { Random } from './random.js';
import type { Table } from './table.js';
import { type Bound, type Round, weightAt } from './term.js';
import { sideOf } from './wiring.js';

/** A term in a player's hand. */
export interface Move {
  readonly term: Bound;
  /** Its position in the objective. */
  readonly position: number;
  readonly side: 'discriminator' | 'generator';
}

/** The terms that a player plays in a step. */
export const movesOf = (game: Game, player: Player, step: number): readonly Move[] =>
  game.objective.flatMap((term, position) => {
    const side = step % (term.period ?? 1) === 0 ? sideOf(game, player, term) : undefined;
    return side ? [{ term, position, side }] : [];
  });

/** What each move sees on a table, with the states of terms by position; each draws from a stream of its own. */
export const roundsOf = (
  moves: readonly Move[],
  laid: Table,
  states: Readonly<Record<string, Tensors>>,
  random: Random,
): readonly Round[] =>
  moves.map(({ term, position }) => laid.round(term, states[position]!, random.stream('term', position)));

/**
 * The weighted sum of moves.
 *
 * @param heard Is told each move's own value, unweighted.
 * @throws TypeError if a term gives what is no scalar.
 */
export const lossOf = (
  moves: readonly Move[],
  rounds: readonly Round[],
  step: number,
  heard: (position: number, value: Tensor) => void = () => {},
): Tensor =>
  moves
    .map(({ term, side, position }, k): Tensor => {
      const value = (term[side] as (round: Round) => Tensor)(rounds[k]!);
      if (!(value instanceof Tensor))
        throw new TypeError(`${term.name}: a term is a scalar tensor, but its ${side} side gives ${shown(value)}`);
      if (value.rank !== 0)
        throw new TypeError(
          `${term.name}: a term is a scalar, but its ${side} side has shape [${value.shape.join(', ')}]`,
        );
      heard(position, value);
      const weight = weightAt(term, step);
      return weight === 1 ? value : mul(value, weight);
    })
    .reduce((sum, value) => add(sum, value));
