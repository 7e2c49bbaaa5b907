import { add, clone, div, keep, type Tensor } from '@tensorflow/tfjs-core';
import { aftermath, moveTo } from './aftermath.js';
import { averaged } from './average.js';
import { assertDecay } from './checks.js';
import { foreseen } from './foreseen.js';
import type { Game } from './game.js';
import { slopesOf } from './gradients.js';
import { lossOf, type Move, movesOf, roundsOf } from './moves.js';
import type { Tensors, Weights } from './network.js';
import type { Player } from './player.js';
import type { Random } from './random.js';
import { rateAt } from './rates.js';
import { mapped } from './records.js';
import { parametersOf, type Run, tensorsOfRun } from './run.js';
import { type Table, table } from './table.js';
import { disposeAll, scoped } from './tensors.js';
import type { Round } from './term.js';
import { ancestors, samplesOf } from './wiring.js';

/**
 * One update of one player, on a batch for each accumulation. Only here do weights change; what they were is freed.
 * Returns the terms' values by position, which the caller owns. Nothing changes, and nothing is left over, if it throws.
 */
export function update(
  game: Game,
  run: Run,
  name: string,
  batches: readonly Tensors[],
  size: number,
  random: Random,
): Record<string, Tensor> {
  const player = game.players[name]!;
  const { trains, unrolls } = player;
  const { step } = run;
  const moves = movesOf(game, player, step);
  if (moves.length === 0) return {};
  const before = mapped(tensorsOfRun(run), (part) => ({ ...part })) as ReturnType<typeof tensorsOfRun>;
  const tables: Table[] = [];
  const values: Record<string, Tensor> = {};
  const updates = run.updates[name]! + 1;
  const heard = (position: number, value: Tensor): void => {
    const known = values[position];
    values[position] = keep(known ? add(known, value) : clone(value));
    known?.dispose();
  };
  try {
    const { losses, ...state } = scoped(() => {
      const parameters = parametersOf(player, run.weights);
      let { weights, pools } = before;
      let total: Tensors = {};
      /** The table that the moves are made at, and what they see there. */
      let seen: Table | undefined;
      let rounds: readonly Round[] = [];
      batches.forEach((batch, k) => {
        const stream = batches.length === 1 ? random : random.stream('accumulate', k);
        const laid = table(game, { weights, pools, batch, size, random: stream, step, trains });
        tables.push(laid);
        makeIndependent(
          game,
          trains,
          [...moves, ...(unrolls ? movesOf(game, game.players[unrolls.player]!, step) : [])],
          laid,
        );
        const loss = () => {
          seen = unrolls ? foreseen(game, run, laid, unrolls, stream) : laid;
          rounds = roundsOf(moves, seen, run.terms, stream);
          return lossOf(moves, rounds, step, heard);
        };
        const slopes = slopesOf(loss, parameters);
        total = k === 0 ? slopes : mapped(total, (sum, parameter) => add(sum, slopes[parameter]!));
        ({ weights, pools } = laid);
      });
      const count = batches.length;
      const next = player.optimizer.update({
        parameters,
        gradients: count === 1 ? total : mapped(total, (sum) => div(sum, count)),
        state: run.optimizers[name]!,
        update: updates,
      });
      const { weights: moved } = tables.at(-1)!;
      moveTo(moved, trains, next.parameters);
      /** What was foreseen is over. */
      Object.assign(seen!.weights, moved);
      const terms = aftermath(moves, rounds, moved, run.terms);
      const averages = averagesOf(player, moved, before.averages, updates);
      const means = mapped(values, (value) => div(value, count));
      return { weights: moved, averages, optimizers: { [name]: next.state }, terms, pools, losses: means };
    });
    Object.assign(run.weights, state.weights);
    Object.assign(run.averages, state.averages);
    Object.assign(run.optimizers, state.optimizers);
    Object.assign(run.terms, state.terms);
    Object.assign(run.pools, state.pools);
    run.updates[name] = updates;
    disposeAll(before, tensorsOfRun(run));
    return losses;
  } finally {
    disposeAll(values);
    for (const laid of tables) laid.clear(tensorsOfRun(run));
  }
}

/** Makes the samples of moves that do not depend on who is trained, outside of the tape. */
function makeIndependent(game: Game, trains: readonly string[], moves: readonly Move[], laid: Table): void {
  for (const { term } of moves)
    for (const [role, names] of Object.entries(term.binding))
      for (const sample of role === 'judge' ? [] : samplesOf(names))
        if (!ancestors(game, sample).some((network) => trains.includes(network))) laid.sample(sample);
}

function averagesOf(
  { trains, averaged: decay }: Player,
  weights: Readonly<Record<string, Weights>>,
  averages: Readonly<Record<string, Weights>>,
  updates: number,
): Record<string, Weights> {
  if (decay === undefined) return { ...averages };
  const share =
    typeof decay === 'function'
      ? rateAt('averaged', decay, updates, assertDecay)
      : Math.min(decay, (1 + updates) / (10 + updates));
  const moved = trains.map((network): [string, Weights] => {
    const { parameters, state } = averages[network]!;
    const now = weights[network]!;
    return [
      network,
      { parameters: averaged(parameters, now.parameters, share), state: averaged(state, now.state, share) },
    ];
  });
  return { ...averages, ...Object.fromEntries(moved) };
}
