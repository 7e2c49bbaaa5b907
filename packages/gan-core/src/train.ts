import { backend, nextFrame, type Tensor } from '@tensorflow/tfjs-core';
import { assertBatch, drawnBatches } from './batches.js';
import { type Checkpoint, isCheckpoint } from './checkpoint.js';
import { assertCount, assertKnownOptions, assertOneOf, shown } from './checks.js';
import type { DataClash, DataPorts, Ports, Sources, Unless } from './contract.js';
import type { Dataset } from './dataset.js';
import { currentEngine } from './engine.js';
import { fitData, fitGame } from './fit.js';
import type { Game, Networks } from './game.js';
import type { Tensors } from './network.js';
import { Replays } from './replays.js';
import { freshRun, freshWeights, tensorsOfRun } from './run.js';
import { resumedRun, savedRun } from './saved-run.js';
import { random } from './streams.js';
import { disposeAll } from './tensors.js';
import { drawnOf } from './trained-network.js';
import { type Origin, type Step, type Training, TrainingError } from './training.js';
import { assertGivenWeights, type GivenWeights, transferredWeights } from './transferred-weights.js';
import { update } from './update.js';
import { termLabels } from './wiring.js';

/** Where training starts. */
export type Start =
  | {
      /** Samples in a batch. */
      readonly batchSize: number;
      /** The same seed gives the same bits on the same engine. */
      readonly seed: number;
      /**
       * Starts at step 0 with those of these weights that match by name and shape: all of a checkpoint, or of a record the
       * game's networks, as `storedWeights` and `importedWeights` give them. `origin` of the training says what was taken.
       */
      readonly from?: GivenWeights;
      readonly resume?: undefined;
    }
  | {
      /** Goes on with the same bits as if training had never stopped. */
      readonly resume: Checkpoint;
      /** The checkpoint's own, if said at all. */
      readonly batchSize?: number;
      readonly seed?: number;
      readonly from?: undefined;
    };

/**
 * Plays a game on data. Nothing is computed until the first step is asked for.
 *
 * @throws TypeError if the data lacks what the game takes, the batch size is none or exceeds the data, a checkpoint to
 *   resume is of another model (then the message says what differs), or nothing can be taken of weights to start from.
 */
export function train<N extends Networks, S extends Sources, P extends Ports>(
  game: Game<N, S>,
  options: {
    readonly data: Dataset<P> & Unless<DataClash<P, DataPorts<S>>>;
    /**
     * Whether the engine may do again what it has seen a player do twice in the same way, without running the networks'
     * and terms' JavaScript each time: the same bits, faster where networks are small. True unless said. Networks and terms
     * are functions of what they are given, so that nothing can be told apart; say false to look inside them while they run.
     */
    readonly replay?: boolean;
  } & Start,
): Training<N, S> {
  const played = game as unknown as Game;
  const data = options.data as Dataset<P>;
  assertKnownOptions('train', options, ['data', 'batchSize', 'seed', 'from', 'resume', 'replay']);
  const { resume, from, replay = true } = options;
  if (typeof replay !== 'boolean') throw new TypeError(`replay must be true or false, but is ${shown(replay)}`);
  if (resume !== undefined && !isCheckpoint(resume))
    throw new TypeError(`resume must be a checkpoint, as readCheckpoint gives, but is ${shown(resume)}`);
  if (typeof data?.batch !== 'function') throw new TypeError(`data must be a data set, but is ${shown(data)}`);
  const seed = agreed('seed', options.seed, resume?.manifest.seed);
  const batchSize = agreed('batchSize', options.batchSize, resume?.manifest.batchSize);
  assertCount('batchSize', batchSize);
  assertCount('seed', seed, 0);
  fitGame(played);
  fitData(played, data.ports);
  if (batchSize > data.size)
    throw new TypeError(`batchSize must be at most the data's ${data.size} samples, but is ${batchSize}`);
  if (from !== undefined) assertGivenWeights(played, from);
  assertEngine();

  const root = random(seed);
  const own = freshWeights(played, root);
  const { weights, averages, origin: given } = from ? transferredWeights(played, own, from) : { weights: own, ...bare };
  const fresh = freshRun(played, root, weights, averages);
  const { run, origin } = resume ? resumedRun(played, fresh, resume) : { run: fresh, origin: given };
  const players = Object.entries(played.players);
  const labels = termLabels(played.objective);
  /** Batches that the busiest player needs in a step; the others look at the first of them. */
  const batches = Math.max(...players.map(([, { updates = 1, accumulate = 1 }]) => updates * accumulate));
  /** What the game takes of a batch. */
  const taken = Object.fromEntries(
    Object.entries(data.ports).filter(([name]) => 'data' in (played.samples[name] ?? {})),
  );
  const replays = new Replays(replay ? currentEngine()?.record : undefined);
  let unseen = true;
  let losses: Record<string, Tensor> = {};
  let condition: 'ready' | 'busy' | 'broken' | 'disposed' = 'ready';

  const require = (what: string) => {
    if (condition === 'busy') throw new TrainingError(`${what} must wait: a step is under way`);
    if (condition === 'disposed') throw new TrainingError(`${what} came too late: training was disposed of`);
    if (condition === 'broken')
      throw new TrainingError(`${what} is not possible: an update of step ${run.step} threw; go on from a checkpoint`);
  };

  const play = (drawn: readonly Tensors[]): void => {
    const { step } = run;
    for (const [name, { updates = 1, accumulate = 1, plays = always }] of players) {
      if (!plays(step)) continue;
      for (let k = 0; k < updates; k++) {
        const mine = drawn.slice(k * accumulate, (k + 1) * accumulate);
        const values = update(played, run, name, mine, batchSize, root.stream('update', name, step, k), replays);
        for (const [position, value] of Object.entries(values)) {
          const key = `${name}/${labels[Number(position)]}`;
          losses[key]?.dispose();
          losses[key] = value;
        }
      }
    }
    run.step++;
  };

  const advance = async (): Promise<Step> => {
    require('the next step');
    condition = 'busy';
    let drawn: readonly Tensors[] = [];
    try {
      disposeAll(losses);
      losses = {};
      const index = run.step;
      drawn = await drawnBatches(data, batches, (k) => ({
        index: index * batches + k,
        size: batchSize,
        random: root.stream('data', index, k),
      }));
      for (const batch of drawn) assertBatch(taken, batch, batchSize, unseen);
      unseen = false;
      condition = 'broken';
      play(drawn);
      condition = 'ready';
      await nextFrame();
      const current = losses;
      return {
        index,
        losses: async () => {
          if (current !== losses)
            throw new TrainingError(
              `the losses of step ${index} are gone: a later step has begun, or training was disposed of`,
            );
          const read = await Promise.all(Object.values(current).map((value) => value.data()));
          return Object.fromEntries(Object.keys(current).map((key, i) => [key, read[i]![0]!]));
        },
      };
    } finally {
      if (condition === 'busy') condition = 'ready';
      if (condition === 'broken') disposeAll(losses);
      disposeAll(drawn);
    }
  };

  return {
    get steps() {
      return run.step;
    },
    origin,
    [Symbol.asyncIterator]: () => ({
      next: async () => ({ value: await advance(), done: false }),
      return: async () => ({ value: undefined, done: true }),
    }),
    network: ((name: string, { weights = 'averaged' } = {}) => {
      assertOneOf('weights', weights, ['averaged', 'raw']);
      const network = Object.hasOwn(played.networks, name) ? played.networks[name] : undefined;
      if (!network)
        throw new TypeError(`the game has no network '${name}'; it has ${Object.keys(played.networks).join(', ')}`);
      return {
        network,
        drawn: drawnOf(played, name),
        get weights() {
          if (condition === 'disposed')
            throw new TrainingError(`the weights of '${name}' are gone: training was disposed of`);
          return (weights === 'averaged' ? run.averages[name] : undefined) ?? run.weights[name];
        },
      };
    }) as Training<N, S>['network'],
    get replays() {
      return { plays: replays.written, refusal: replays.refusal };
    },
    state: (term) => {
      const position = labels.indexOf(term);
      if (position < 0) throw new TypeError(`the game has no term ${shown(term)}; it has ${labels.join(', ')}`);
      if (condition === 'disposed') throw new TrainingError(`the state of '${term}' is gone: training was disposed of`);
      return run.terms[position]!;
    },
    checkpoint: async () => {
      require('a checkpoint');
      return savedRun(played, run, { seed, batchSize });
    },
    dispose: () => {
      if (condition === 'busy') throw new TrainingError('training cannot be disposed of while a step is under way');
      disposeAll([losses, tensorsOfRun(run)]);
      replays.dispose();
      losses = {};
      condition = 'disposed';
    },
  };
}

/** TensorFlow.js itself would say that there is no backend in its registry. */
function assertEngine(): void {
  try {
    backend();
  } catch (cause) {
    throw new TrainingError(
      'no engine has been chosen: call `await engine()` of @gan/engine first, or set a backend of TensorFlow.js',
      { cause },
    );
  }
}

const always = () => true;
/** Beside weights of which none were given. */
const bare: { readonly origin: Origin; readonly averages?: undefined } = {
  origin: { taken: [], missing: [], misshapen: [], unused: [] },
};

/** What is said of a number that a checkpoint may fix. */
function agreed(name: string, said: number | undefined, fixed: unknown): number {
  if (said !== undefined && fixed !== undefined && said !== fixed)
    throw new TypeError(`${name} is ${said}, but the checkpoint to resume was made with ${fixed}`);
  return (said ?? fixed) as number;
}
