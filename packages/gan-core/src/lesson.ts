import { clone, keep, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { foreseen } from './foreseen.js';
import type { Game } from './game.js';
import { slopesOf } from './gradients.js';
import { lossOf, type Move, movesOf, roundsOf } from './moves.js';
import { under, within } from './named-parts.js';
import type { Tensors, Weights } from './network.js';
import type { Player } from './player.js';
import type { Replays } from './replays.js';
import { parametersOf, type Run } from './run.js';
import { type Deal, type Table, table } from './table.js';
import { disposeAll } from './tensors.js';
import { type Round, weightAt } from './term.js';
import { ancestors, samplesOf } from './wiring.js';

/** What a player learns from one batch. */
export interface Lesson {
  /** The gradient of its loss, `<network>/<parameter>`. */
  readonly slopes: Tensors;
  /** The terms' values by position. */
  readonly values: Tensors;
  /** Every network's weights, with the state that applying it left behind. */
  readonly weights: Record<string, Weights>;
  readonly pools: Deal['pools'];
}

/** Who learns, and by which moves. */
export interface Learner {
  readonly game: Game;
  readonly player: Player;
  readonly moves: readonly Move[];
  readonly run: Run;
}

/** A lesson at a table that is laid for it, and what is seen there; whoever asks for it clears the table. */
export function lessonAt(
  laid: Table,
  { game, player, moves, run }: Learner,
  { random, step }: Deal,
): Lesson & { readonly seen: Table; readonly rounds: readonly Round[] } {
  const { trains, unrolls } = player;
  const values: Record<string, Tensor> = {};
  try {
    makeIndependent(
      game,
      trains,
      [...moves, ...(unrolls ? movesOf(game, game.players[unrolls.player]!, step) : [])],
      laid,
    );
    let seen = laid;
    let rounds: readonly Round[] = [];
    const loss = () => {
      seen = unrolls ? foreseen(game, run, laid, unrolls, random) : laid;
      rounds = roundsOf(moves, seen, run.terms, random);
      return lossOf(moves, rounds, step, (position, value) => {
        values[position] = keep(clone(value));
      });
    };
    const slopes = slopesOf(loss, parametersOf(player, run.weights));
    const { weights, pools } = laid;
    return { slopes, values: copies(values), weights, pools, seen, rounds };
  } finally {
    disposeAll(values);
  }
}

/** In the scope that is open. */
const copies = (tensors: Tensors): Tensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, clone(tensor)]));

/** Makes the samples of moves that do not depend on who is trained, outside of the tape. */
function makeIndependent(game: Game, trains: readonly string[], moves: readonly Move[], laid: Table): void {
  for (const { term } of moves)
    for (const [role, names] of Object.entries(term.binding))
      for (const sample of role === 'judge' ? [] : samplesOf(names))
        if (!ancestors(game, sample).some((network) => trains.includes(network))) laid.sample(sample);
}

/** Whether all that comes of a lesson is in it: nobody looks at its rounds after, nothing is taken out of pools. */
export const isClosed = ({ game, player, moves }: Learner): boolean =>
  player.unrolls === undefined &&
  moves.every(({ term }) => term.after === undefined) &&
  Object.values(game.samples).every((source) => !('pool' in source));

/** A closed lesson, given by who can give it again without JavaScript. */
export function repeatedLesson(replays: Replays, name: string, learner: Learner, deal: Deal): Lesson {
  const { game, moves, run } = learner;
  const { batch, size, step, pools } = deal;
  const given: Record<string, Tensor> = {};
  for (const [network, { parameters, state }] of Object.entries(deal.weights)) {
    for (const [key, tensor] of Object.entries(parameters)) given[`parameters/${network}/${key}`] = tensor;
    for (const [key, tensor] of Object.entries(state)) given[`state/${network}/${key}`] = tensor;
  }
  for (const { position } of moves)
    for (const [key, tensor] of Object.entries(run.terms[position]!)) given[`terms/${position}/${key}`] = tensor;
  for (const [key, tensor] of Object.entries(batch)) given[`batch/${key}`] = tensor;
  const weighed = moves.map(({ term, side, position }) => `${position} ${side} ${weightAt(term, step)}`);
  const key = `${name} ${size} ${weighed}`;
  const results = replays.play({
    key,
    given,
    random: deal.random,
    body: ({ random, differs }) => {
      const own: Deal = {
        ...deal,
        random,
        get step() {
          differs('the number of the step was asked for');
          return step;
        },
      };
      const laid = table(game, own);
      try {
        return tidy(() => {
          const { slopes, values, weights } = lessonAt(laid, learner, { ...deal, random });
          return { ...under('slopes/', slopes), ...under('values/', values), ...statesOf(weights, given) };
        });
      } finally {
        laid.clear([]);
      }
    },
  });
  const weights = Object.fromEntries(
    Object.entries(deal.weights).map(([network, { parameters }]): [string, Weights] => [
      network,
      { parameters, state: within(`state/${network}/`, results) },
    ]),
  );
  return { slopes: within('slopes/', results), values: within('values/', results), weights, pools };
}

/** What is new is copied, since the table takes its own with it. */
const statesOf = (weights: Readonly<Record<string, Weights>>, given: Tensors): Tensors =>
  Object.fromEntries(
    Object.entries(weights).flatMap(([network, { state }]) =>
      Object.entries(state).map(([key, tensor]): [string, Tensor] => {
        const name = `state/${network}/${key}`;
        return [name, given[name] === tensor ? tensor : clone(tensor)];
      }),
    ),
  );
