import { aftermath, moveTo } from './aftermath.js';
import type { Game } from './game.js';
import { slopesOf } from './gradients.js';
import { lossOf, movesOf, roundsOf } from './moves.js';
import type { Random } from './random.js';
import { parametersOf, type Run } from './run.js';
import type { Table } from './table.js';

/** Whose updates a player looks ahead to. */
export interface Unrolling {
  /** Another player. */
  readonly player: string;
  /** How many of its updates; 0 looks ahead to none. */
  readonly updates: number;
}

/**
 * The table as it would lie after the next updates of a player, each on the same batch and the same fakes,
 *
 *     w(0) = w,   w(k + 1) = optimizer(w(k), d loss(w(k), x) / d w(k), its state, its number)
 *
 * with everything that belongs to its update: its optimizer's state and schedules, its terms' weights and what they do
 * after an update. To be called while a gradient is recorded: all of it, second derivatives and the optimizer's own
 * included, is a function of the samples x. The run stays as it is; what is made is freed with the table.
 */
export function foreseen(game: Game, run: Run, laid: Table, { player: name, updates }: Unrolling, random: Random) {
  const player = game.players[name]!;
  const moves = movesOf(game, player, run.step);
  if (moves.length === 0) return laid;
  let table = laid;
  let { terms } = run;
  let state = run.optimizers[name]!;
  for (let k = 0; k < updates; k++) {
    const stream = random.stream('unrolled', k);
    table = table.apart(player.trains, stream);
    const parameters = parametersOf(player, table.weights);
    const rounds = roundsOf(moves, table, terms, stream);
    const gradients = slopesOf(() => lossOf(moves, rounds, run.step), parameters);
    const next = player.optimizer.update({ parameters, gradients, state, update: run.updates[name]! + k + 1 });
    state = next.state;
    moveTo(table.weights, player.trains, next.parameters);
    terms = aftermath(moves, rounds, table.weights, terms);
  }
  return updates === 0 ? laid : table.apart(player.trains, random.stream('unrolled', updates));
}
