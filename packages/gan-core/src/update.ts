import { add, div, type Tensor } from '@tensorflow/tfjs-core';
import { aftermath, moveTo } from './aftermath.js';
import { averaged } from './average.js';
import { assertDecay } from './checks.js';
import type { Game } from './game.js';
import { isClosed, type Learner, type Lesson, lessonAt, repeatedLesson } from './lesson.js';
import { movesOf } from './moves.js';
import type { Tensors, Weights } from './network.js';
import type { Player } from './player.js';
import type { Random } from './random.js';
import { rateAt } from './rates.js';
import { mapped } from './records.js';
import type { Replays } from './replays.js';
import { parametersOf, type Run, tensorsOfRun } from './run.js';
import { type Deal, type Table, table } from './table.js';
import { disposeAll, scoped } from './tensors.js';
import type { Round } from './term.js';

/**
 * One update of one player, on a batch for each accumulation. Only here do weights change; what they were is freed.
 * Returns the terms' values by position, which the caller owns. Nothing changes, and nothing is left over, if it throws.
 *
 * @param replays Who may give closed lessons again.
 */
export function update(
  game: Game,
  run: Run,
  name: string,
  batches: readonly Tensors[],
  size: number,
  random: Random,
  replays?: Replays,
): Record<string, Tensor> {
  const player = game.players[name]!;
  const { trains } = player;
  const { step } = run;
  const moves = movesOf(game, player, step);
  if (moves.length === 0) return {};
  const before = mapped(tensorsOfRun(run), (part) => ({ ...part })) as ReturnType<typeof tensorsOfRun>;
  const learner: Learner = { game, player, moves, run };
  const closed = isClosed(learner);
  const tables: Table[] = [];
  const updates = run.updates[name]! + 1;
  try {
    const { losses, ...state } = scoped(() => {
      let { weights, pools }: Pick<Lesson, 'weights' | 'pools'> = before;
      let slopes: Tensors = {};
      let values: Tensors = {};
      let rounds: readonly Round[] = [];
      /** Weights that a table knows, which terms look at after the update. */
      let seen: Record<string, Weights> | undefined;
      batches.forEach((batch, k) => {
        const stream = batches.length === 1 ? random : random.stream('accumulate', k);
        const deal: Deal = { weights, pools, batch, size, random: stream, step, trains };
        let lesson: Lesson;
        if (replays && closed) lesson = repeatedLesson(replays, name, learner, deal);
        else {
          const laid = table(game, deal);
          tables.push(laid);
          const atTable = lessonAt(laid, learner, deal);
          lesson = atTable;
          rounds = atTable.rounds;
          seen = atTable.seen.weights;
        }
        slopes = k === 0 ? lesson.slopes : sums(slopes, lesson.slopes);
        values = k === 0 ? lesson.values : sums(values, lesson.values);
        ({ weights, pools } = lesson);
      });
      const count = batches.length;
      const next = player.optimizer.update({
        parameters: parametersOf(player, run.weights),
        gradients: count === 1 ? slopes : mapped(slopes, (sum) => div(sum, count)),
        state: run.optimizers[name]!,
        update: updates,
      });
      moveTo(weights, trains, next.parameters);
      /** What was foreseen is over. */
      if (seen) Object.assign(seen, weights);
      const terms = aftermath(moves, rounds, weights, run.terms);
      const averages = averagesOf(player, weights, before.averages, updates);
      const losses = count === 1 ? values : mapped(values, (value) => div(value, count));
      return { weights, averages, optimizers: { [name]: next.state }, terms, pools, losses };
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
    for (const laid of tables) laid.clear(tensorsOfRun(run));
  }
}

const sums = (a: Tensors, b: Tensors): Tensors => mapped(a, (tensor, name) => add(tensor, b[name]!));

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
