import { clone } from '@tensorflow/tfjs-core';
import type { Game } from './game.js';
import type { Tensors, Weights } from './network.js';
import type { Player } from './player.js';
import { emptyPool } from './pool.js';
import type { Random } from './random.js';
import { mapped } from './records.js';
import { disposeAll, keepAll, scoped } from './tensors.js';
import type { Bound, Opening } from './term.js';
import { makerOf } from './wiring.js';

/** All that changes while training, and so all that a checkpoint holds. */
export interface Run {
  /** Steps done. */
  step: number;
  readonly weights: Record<string, Weights>;
  /** Running averages of the networks whose player keeps them. */
  readonly averages: Record<string, Weights>;
  /** Optimiser state by player. */
  readonly optimizers: Record<string, Tensors>;
  /** Updates done by player. */
  readonly updates: Record<string, number>;
  /** State by term, in the order of the objective. */
  readonly terms: Record<string, Tensors>;
  /** Earlier samples by pool. */
  readonly pools: Record<string, Tensors>;
}

/** The part of a run that is tensors. */
export const tensorsOfRun = ({ weights, averages, optimizers, terms, pools }: Run) => ({
  weights,
  averages,
  optimizers,
  terms,
  pools,
});

/** Of every network, as it initialises itself, each from a stream of its own. */
export function freshWeights({ networks }: Game, random: Random): Record<string, Weights> {
  const weights: Record<string, Weights> = {};
  try {
    for (const [name, network] of Object.entries(networks))
      weights[name] = keepAll(network.init(random.stream('init', name)));
    return weights;
  } catch (error) {
    disposeAll(weights);
    throw error;
  }
}

/** The networks whose players keep running averages. */
export const averaging = ({ players }: Game): readonly string[] =>
  Object.values(players).flatMap(({ trains, averaged }) => (averaged === undefined ? [] : trains));

/** Before the first step, from weights and, where there are any, averages, both of which it takes over. */
export function freshRun(
  game: Game,
  random: Random,
  weights: Record<string, Weights>,
  averages: Readonly<Record<string, Weights>> = {},
): Run {
  const { players, objective, samples } = game;
  return {
    step: 0,
    weights,
    averages: scoped(() =>
      Object.fromEntries(averaging(game).map((name) => [name, averages[name] ?? copied(weights[name]!)])),
    ),
    optimizers: mapped(players, (player) => scoped(() => player.optimizer.init(parametersOf(player, weights)))),
    updates: mapped(players, () => 0),
    terms: Object.fromEntries(
      objective.map((term, i) => [
        i,
        scoped(() => term.init?.(random.stream('term', i), openingOf(game, term, weights)) ?? {}),
      ]),
    ),
    pools: Object.fromEntries(
      Object.entries(samples).flatMap(([name, source]) => ('pool' in source ? [[name, emptyPool()]] : [])),
    ),
  };
}

/** The networks that a term is about. */
const openingOf = (game: Game, { binding }: Bound, weights: Readonly<Record<string, Weights>>): Opening => ({
  get parameters() {
    return weights[binding['judge'] as string]!.parameters;
  },
  maker: (role) => weights[makerOf(game, binding[role]!, role).by]!,
});

const copied = ({ parameters, state }: Weights): Weights => {
  const clones = (tensors: Tensors): Tensors =>
    Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, clone(tensor)]));
  return { parameters: clones(parameters), state: clones(state) };
};

/** All parameters of a player under one roof: `<network>/<parameter>`. */
export const parametersOf = ({ trains }: Player, weights: Readonly<Record<string, Weights>>): Tensors =>
  Object.fromEntries(
    trains.flatMap((network) =>
      Object.entries(weights[network]!.parameters).map(([name, tensor]) => [`${network}/${name}`, tensor]),
    ),
  );
