import { tidy } from '@tensorflow/tfjs-core';
import { layers, model as layersModel, type SymbolicTensor, input as symbolicInput } from '@tensorflow/tfjs-layers';
import type { Checkpoint } from '../checkpoint.js';
import type { Head, Ports, Role, Sources } from '../contract.js';
import type { Dataset } from '../dataset.js';
import type { Game } from '../game.js';
import { game } from '../game.js';
import { layersNetwork } from '../layers-network.js';
import type { Network } from '../network.js';
import { adam } from '../optimizers/adam.js';
import { type AnyTerm, on } from '../term.js';
import { train } from '../train.js';
import type { Training } from '../training.js';
import { inputsFor } from './check-network.js';
import { demand, leavingNothing } from './conformance.js';

/** How many classes the games of this check have. */
const classes = 5;
const steps = 6;

/**
 * Demands of a term that it keeps the contract of `Term`, in a small game on points in which it is alone: every side is
 * a finite scalar that depends on what its player trains; the same seed gives the same bits, also when training stops,
 * goes through a checkpoint and goes on, so that all of its state is in its state; nothing leaks, not even when a
 * network of the game throws.
 *
 * @param term Whose promises are tried.
 * @param options What it is tried with.
 * @param options.beside Terms that it is played beside, for one that alone has nothing to do: then what it trains must
 *   come out differently than by those terms alone. None unless said.
 * @param options.judge A judge for terms that need one of their own kind; by default a small network with the heads that the term reads.
 * @param options.roles What roles stand for that are only looked at, by port: five `classes`, and the shape of a sample
 *   for all others, unless said.
 * @param options.shape The shape of a sample, `[2]` by default.
 * @throws ConformanceError with a sentence on the first thing that fails.
 */
export async function checkTerm(
  term: AnyTerm,
  {
    beside = [],
    judge,
    roles = {},
    shape = [2],
  }: {
    readonly beside?: readonly AnyTerm[];
    readonly judge?: Network;
    readonly roles?: Ports;
    readonly shape?: readonly number[];
  } = {},
): Promise<void> {
  const { name } = term;
  demand(name, Boolean(term.discriminator ?? term.generator), 'has neither a discriminator side nor a generator side');
  const played = gameOf([term, ...beside], judge, { classes, ...roles }, shape);
  const data = pointsFor(played);
  const straight = await leavingNothing(name, 'training', () => bits(played, data, { until: steps }, name));
  const again = await bits(played, data, { until: steps }, name);
  demand(name, same(straight, again), 'does not repeat itself on the same seed');
  const half = await bits(played, data, { until: steps / 2 }, name);
  const resumed = await bits(played, data, { until: steps, resume: half }, name);
  demand(name, same(straight, resumed), 'goes on differently after a checkpoint');
  const unplayed =
    beside.length === 0
      ? await bits(played, data, { until: 0 }, name)
      : await bits({ ...played, objective: played.objective.slice(1) }, data, { until: steps }, name);
  for (const network of Object.keys(played.networks)) {
    const trains = term[network === 'judge' ? 'discriminator' : 'generator'] !== undefined;
    const moved = Object.keys(unplayed.tensors).some(
      (place) =>
        place.startsWith(`weights/${network}/parameters/`) &&
        unplayed.tensors[place]!.values.some((value, i) => value !== straight.tensors[place]!.values[i]),
    );
    demand(name, !trains || moved, `gives '${network}' nothing to learn: its parameters do not move`);
  }
  await checkThrowing(played, data, name);
}

/** A game of these terms and no others, in which every side they have is played. */
function gameOf(terms: readonly AnyTerm[], judge: Network | undefined, roles: Ports, shape: readonly number[]): Game {
  const reads: Ports = Object.assign({}, ...terms.map((term) => term.reads));
  const trained = terms.some(({ discriminator }) => discriminator);
  const judged = trained || Object.keys(reads).length > 0;
  /** What is only looked at by its parameters still needs a head. */
  const heads: Ports = Object.keys(reads).length > 0 ? reads : { features: 'features' };
  const generator = network({ latents: [3] }, { sample: shape });
  const networks = { generator, ...(judged ? { judge: judge ?? network({ sample: shape }, heads) } : {}) };
  const others = [...new Set(terms.flatMap(({ samples }): readonly string[] => samples))].filter(
    (role) => role !== 'real' && role !== 'fake',
  );
  const samples: Sources = {
    sample: { data: shape },
    latents: { normal: [3] },
    fake: { by: 'generator' },
    ...Object.fromEntries(
      others
        .filter((role: string, i: number) => role in roles || judged || i === 0)
        .map((role: string) => [role, { data: roles[role] ?? shape }]),
    ),
    ...(judge
      ? Object.fromEntries(
          Object.entries(judge.inputs).flatMap(([key, of]) => (key === 'sample' ? [] : [[key, { data: of }]])),
        )
      : {}),
  } as Sources;
  const binding: Record<string, Role> = { real: 'sample', fake: 'fake', ...(judged ? { judge: 'judge' } : {}) };
  for (const role of others) binding[role] = role in samples ? role : 'fake';
  const optimizer = adam({ learningRate: 1e-2, beta1: 0.5 });
  const players = {
    ...(trained ? { judge: { trains: ['judge'], optimizer } } : {}),
    ...(terms.some(({ generator }) => generator) ? { generator: { trains: ['generator'], optimizer } } : {}),
  };
  const objective = terms.map((term) => on(binding, term));
  return game({ networks, samples, objective, players } as never) as unknown as Game;
}

const widths: Readonly<Record<Head, number>> = { linear: 1, sigmoid: 1, logits: classes, features: 6 };

/** Two hidden layers, smooth so that terms may differentiate twice, and a layer for each output. */
function network(inputs: Ports, outputs: Ports): Network {
  return layersNetwork({
    inputs,
    outputs,
    model: () => {
      const ends = Object.values(inputs).map((port) => symbolicInput({ shape: [...(port as readonly number[])] }));
      const [first] = ends as [SymbolicTensor, ...SymbolicTensor[]];
      const flat = first.rank === 2 ? first : (layers.flatten().apply(first) as SymbolicTensor);
      const hidden = layers.dense({ units: 8, activation: 'softplus' }).apply(flat) as SymbolicTensor;
      const outs = Object.values(outputs).map((port) => {
        if (typeof port === 'object') {
          const units = port.reduce((a, b) => a * b, 1);
          return layers
            .reshape({ targetShape: [...port] })
            .apply(layers.dense({ units }).apply(hidden) as SymbolicTensor) as SymbolicTensor;
        }
        const units = typeof port === 'number' ? port : widths[port];
        return layers
          .dense({ units, activation: port === 'sigmoid' ? 'sigmoid' : 'linear' })
          .apply(hidden) as SymbolicTensor;
      });
      return layersModel({ inputs: ends, outputs: outs });
    },
  });
}

/** Normal samples and uniform classes for whatever the game takes of its data. */
function pointsFor({ samples }: Game): Dataset {
  const ports = Object.fromEntries(
    Object.entries(samples).flatMap(([key, source]) => ('data' in source ? [[key, source.data]] : [])),
  );
  return {
    ports,
    size: Number.POSITIVE_INFINITY,
    batch: async ({ size, random: source }) => inputsFor(ports, size, source),
  };
}

const begun = (played: Game, data: Dataset, resume?: Checkpoint): Training =>
  train(played, { data: data as never, ...(resume ? { resume } : { batchSize: 4, seed: 3 }) }) as unknown as Training;

async function bits(
  played: Game,
  data: Dataset,
  { until, resume }: { until: number; resume?: Checkpoint },
  name: string,
): Promise<Checkpoint> {
  const training = begun(played, data, resume);
  try {
    if (until > training.steps)
      for await (const step of training) {
        for (const [key, value] of Object.entries(await step.losses()))
          demand(name, Number.isFinite(value), `${key} is ${value} in step ${step.index}`);
        if (training.steps === until) break;
      }
    return await training.checkpoint();
  } finally {
    training.dispose();
  }
}

const same = (a: Checkpoint, b: Checkpoint): boolean =>
  Object.keys(a.tensors).join() === Object.keys(b.tensors).join() &&
  Object.entries(a.tensors).every(([place, { values }]) =>
    values.every((value, i) => Object.is(value, b.tensors[place]!.values[i])),
  );

/** With a network that throws once it has made tensors. */
async function checkThrowing(played: Game, data: Dataset, name: string): Promise<void> {
  const trap = (inner: Network): Network => ({
    ...inner,
    apply: (weights, inputs, mode) => {
      tidy(() => inner.apply(weights, inputs, mode).outputs);
      throw new Error('trap');
    },
  });
  const { judge, generator } = played.networks;
  const trapped: Game = {
    ...played,
    networks: judge ? { ...played.networks, judge: trap(judge) } : { generator: trap(generator!) },
  };
  await leavingNothing(name, 'training that throws', async () => {
    const training = begun(trapped, data);
    try {
      await training[Symbol.asyncIterator]()
        .next()
        .catch(() => undefined);
    } finally {
      training.dispose();
    }
  });
}
