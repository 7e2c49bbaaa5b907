import { add, clone, div, keep, mul, Tensor, zerosLike } from '@tensorflow/tfjs-core';
import { averaged } from './average.js';
import { shown } from './checks.js';
import type { Game } from './game.js';
import { gradients } from './gradients.js';
import type { Tensors, Weights } from './network.js';
import type { Player } from './player.js';
import type { Random } from './random.js';
import { mapped } from './records.js';
import { parametersOf, type Run, tensorsOfRun } from './run.js';
import { type Table, table } from './table.js';
import { disposeAll, scoped } from './tensors.js';
import { type Bound, type Round, weightAt } from './term.js';
import { ancestors, samplesOf, sideOf } from './wiring.js';

/** A term in a player's hand. */
interface Move {
  readonly term: Bound;
  /** Its position in the objective. */
  readonly position: number;
  readonly side: 'discriminator' | 'generator';
}

/** The terms that a player plays in a step. */
const movesOf = (game: Game, player: Player, step: number): readonly Move[] =>
  game.objective.flatMap((term, position) => {
    const side = step % (term.period ?? 1) === 0 ? sideOf(game, player, term) : undefined;
    return side ? [{ term, position, side }] : [];
  });

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
  const moves = movesOf(game, player, run.step);
  if (moves.length === 0) return {};
  const before = mapped(tensorsOfRun(run), (part) => ({ ...part })) as ReturnType<typeof tensorsOfRun>;
  const tables: Table[] = [];
  const values: Record<string, Tensor> = {};
  const updates = run.updates[name]! + 1;
  try {
    const { losses, ...state } = scoped(() => {
      const parameters = parametersOf(player, run.weights);
      let { weights, pools } = before;
      let total: Tensors = {};
      let rounds: readonly Round[] = [];
      batches.forEach((batch, k) => {
        const stream = batches.length === 1 ? random : random.stream('accumulate', k);
        const laid = table(game, {
          weights,
          pools,
          batch,
          size,
          random: stream,
          step: run.step,
          trains: player.trains,
        });
        tables.push(laid);
        rounds = moves.map(({ term, position }) =>
          laid.round(term, run.terms[position]!, stream.stream('term', position)),
        );
        const slopes = slopesOf(game, player, parameters, moves, rounds, laid, values, run.step);
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
      for (const network of player.trains)
        moved[network] = { ...moved[network]!, parameters: partOf(network, next.parameters) };
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

/** The gradient of a player's objective, by parameter; terms' values are added to `values` on the way. */
function slopesOf(
  game: Game,
  player: Player,
  parameters: Tensors,
  moves: readonly Move[],
  rounds: readonly Round[],
  laid: Table,
  values: Record<string, Tensor>,
  step: number,
): Tensors {
  /** What does not depend on these parameters is made outside of the tape. */
  for (const { term } of moves)
    for (const [role, names] of Object.entries(term.binding))
      for (const sample of role === 'judge' ? [] : samplesOf(names))
        if (!ancestors(game, sample).some((network) => player.trains.includes(network))) laid.sample(sample);
  const names = Object.keys(parameters);
  const loss = () =>
    moves
      .map(({ term, side, position }, k): Tensor => {
        const value = (term[side] as (round: Round) => Tensor)(rounds[k]!);
        if (!(value instanceof Tensor))
          throw new TypeError(`${term.name}: a term is a scalar tensor, but its ${side} side gives ${shown(value)}`);
        if (value.rank !== 0)
          throw new TypeError(
            `${term.name}: a term is a scalar, but its ${side} side has shape [${value.shape.join(', ')}]`,
          );
        const known = values[position];
        values[position] = keep(known ? add(known, value) : clone(value));
        known?.dispose();
        const weight = weightAt(term, step);
        return weight === 1 ? value : mul(value, weight);
      })
      .reduce((sum, value) => add(sum, value));
  const slopes = gradients(
    loss,
    names.map((name) => parameters[name]!),
  ).gradients;
  return Object.fromEntries(names.map((name, i) => [name, slopes[i] ?? zerosLike(parameters[name]!)]));
}

/** A network's own among a player's parameters. */
const partOf = (network: string, parameters: Tensors): Tensors =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([name, tensor]) =>
      name.startsWith(`${network}/`) ? [[name.slice(network.length + 1), tensor]] : [],
    ),
  );

/** Lets the terms act on the new weights; gives their new states. */
function aftermath(
  moves: readonly Move[],
  rounds: readonly Round[],
  weights: Record<string, Weights>,
  states: Readonly<Record<string, Tensors>>,
): Record<string, Tensors> {
  const terms: Record<string, Tensors> = { ...states };
  moves.forEach(({ term, side, position }, k) => {
    if (!term.after || (side === 'generator' && term.discriminator)) return;
    const { parameters, state } = term.after(rounds[k]!);
    const judge = term.binding['judge'] as string;
    if (parameters) weights[judge] = { ...weights[judge]!, parameters };
    if (state) terms[position] = state;
  });
  return terms;
}

function averagesOf(
  { trains, averaged: decay }: Player,
  weights: Readonly<Record<string, Weights>>,
  averages: Readonly<Record<string, Weights>>,
  updates: number,
): Record<string, Weights> {
  if (decay === undefined) return { ...averages };
  const share = Math.min(decay, (1 + updates) / (10 + updates));
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
