import { assertKnownOptions } from './checks.js';
import type {
  Binding,
  Clash,
  Port,
  Ports,
  Shape,
  Shown,
  Source,
  Sources,
  TermClash,
  Unless,
  UnreadHead,
} from './contract.js';
import { clash, fitGame, portShown } from './fit.js';
import type { Game } from './game.js';
import type { Network } from './network.js';
import type { Optimizer, Rate } from './optimizer.js';
import type { Player } from './player.js';
import { type AnyTerm, type Bound, on } from './term.js';
import { turns } from './turns.js';

type Roles = { readonly real: 'sample'; readonly fake: 'fake'; readonly judge: 'discriminator' };
type Judges<I extends Ports, O extends Ports> = { readonly discriminator: Network<I, O> };

/** The samples of the game of two: what the generator takes and makes, and what the data must have to be compared with it. */
type Samples<I extends Ports, O extends Ports, E extends Sources> = Omit<
  {
    readonly [K in keyof I]: K extends 'latents'
      ? { readonly normal: Extract<I[K], Shape> }
      : { readonly data: Extract<I[K], number | Shape> };
  },
  keyof E
> &
  E & { readonly sample: { readonly data: Extract<O['sample'], Shape> }; readonly fake: { readonly by: 'generator' } };

type Pairing<GI extends Ports, GO extends Ports, DI extends Ports> =
  | Clash<
      GO['sample'],
      DI['sample'],
      `the discriminator judges ${Shown<DI['sample']>}, but the generator makes ${Shown<GO['sample']>}`
    >
  | {
      [K in keyof DI & string]: K extends 'sample'
        ? never
        : K extends keyof GI
          ? Clash<
              GI[K],
              DI[K],
              `the discriminator is conditioned on ${Shown<DI[K]>} as '${K}', but the generator on ${Shown<GI[K]>}`
            >
          : `the discriminator is conditioned on '${K}', but the generator is not (what it judges is called 'sample')`;
    }[keyof DI & string];

type RolesOf<T> = T extends { readonly samples: readonly (infer R)[] } ? R : never;

type Unjudged<GI extends Ports, DI extends Ports, T, Drawn> = {
  [K in keyof GI & string]: K extends 'latents' | keyof DI | RolesOf<T> | Drawn
    ? never
    : `the generator is conditioned on '${K}', but nothing judges it by that (noise is called 'latents')`;
}[keyof GI & string];

/** Every name has a sample here: whether it fits has been said of the two networks already. */
type AnySample<Names extends PropertyKey> = { readonly [K in Names]: { readonly data: never } };
/** Every sample that is named in the game goes to the role of its name. */
type Named<E extends Sources> = { readonly [K in keyof E & string]: K };
type Conditions<GI extends Ports> = { readonly [K in Exclude<keyof GI & string, 'latents'>]: K };

/**
 * The game of two: the generator makes `fake`, the discriminator tells it from the data's `sample`.
 *
 * The generator's `latents` are standard normal; every other input of it is a condition, taken from the data by its
 * name and shown to the discriminator and to terms under that name. `samples` draws any of them from elsewhere, as in
 * `samples: { latents: { uniform: [100] } }`, and adds what terms alone look at, as in
 * `samples: { labelled: { data: [2] } }`.
 *
 * The discriminator plays first in each step. An optimizer for each gives them time scales of their own, as in
 * `optimizer: { discriminator: adam({ learningRate: 4e-4 }), generator: adam({ learningRate: 1e-4 }) }`.
 *
 * @throws TypeError if two parts do not fit, with the sentence that the compiler gives.
 * @see Goodfellow et al. (2014), arXiv:1406.2661; Mirza and Osindero (2014), arXiv:1411.1784; Heusel et al. (2017),
 *   arXiv:1706.08500, for two time scales.
 */
export function gan<
  const GI extends Ports,
  const GO extends Ports,
  const DI extends Ports,
  const DO extends Ports,
  const T extends readonly AnyTerm[],
  const E extends Sources = {},
>(parts: {
  readonly generator: Network<GI, GO> & Unless<Unjudged<GI, DI, T[number], keyof E>>;
  readonly discriminator: Network<DI, DO> &
    Unless<Pairing<GI, GO, DI> | UnreadHead<Judges<DI, DO>, Bound<T[number], Roles>, 'discriminator'>>;
  readonly objective: {
    readonly [K in keyof T]: T[K] &
      Unless<
        TermClash<
          Judges<DI, DO>,
          AnySample<'sample' | 'fake' | keyof DI | keyof GI | keyof E>,
          Bound<T[K], Roles & Conditions<GI> & Named<E>>
        >
      >;
  };
  readonly optimizer: Optimizer | { readonly generator: Optimizer; readonly discriminator: Optimizer };
  readonly samples?: E;
  /** The discriminator's updates in each step; 1 unless said. */
  readonly discriminatorUpdates?: number;
  /** The decay of a running average of the generator's weights, kept if said (see `Player`). */
  readonly averaged?: Rate;
  /** The generator plays against the discriminator as that will be so many updates ahead; 0 unless said (see `Player`). */
  readonly unrolled?: number;
  /** How many steps each plays alone in its turn, as in `{ discriminator: 100, generator: 50 }`; both in each step unless said. */
  readonly turns?: { readonly generator: number; readonly discriminator: number };
  /** Batches over which a gradient is averaged; 1 unless said. */
  readonly accumulate?: number;
}): Game<{ readonly generator: Network<GI, GO>; readonly discriminator: Network<DI, DO> }, Samples<GI, GO, E>> {
  assertKnownOptions('gan', parts, known);
  const { generator, discriminator, optimizer, averaged, unrolled, accumulate = 1, discriminatorUpdates = 1 } = parts;
  if (parts.turns) assertKnownOptions('turns', parts.turns, ['discriminator', 'generator']);
  const plays = parts.turns && turns({ discriminator: parts.turns.discriminator, generator: parts.turns.generator });
  const objective = parts.objective as readonly AnyTerm[];
  const inputs: Ports = generator.inputs;
  const conditions = Object.keys(inputs).filter((name) => name !== 'latents');
  const fault = mismatch(generator, discriminator, objective, Object.keys(parts.samples ?? {}));
  if (fault) throw new TypeError(fault);
  const drawn = Object.entries(inputs).map(([name, port]): [string, Source] => [
    name,
    name === 'latents' ? { normal: port as Shape } : { data: port as Shape },
  ]);
  const samples: Sources = {
    ...Object.fromEntries(drawn),
    ...parts.samples,
    sample: { data: (generator.outputs as Ports)['sample'] as Shape },
    fake: { by: 'generator' },
  };
  const roles = {
    real: 'sample',
    fake: 'fake',
    judge: 'discriminator',
    ...Object.fromEntries(conditions.map((name) => [name, name])),
  };
  const named = (term: AnyTerm): Binding =>
    Object.fromEntries(
      Object.keys(parts.samples ?? {}).flatMap((name) => (term.samples.includes(name) ? [[name, name]] : [])),
    );
  const optimizers = 'update' in optimizer ? { generator: optimizer, discriminator: optimizer } : optimizer;
  const players: Record<string, Player> = {
    discriminator: {
      trains: ['discriminator'],
      optimizer: optimizers.discriminator,
      updates: discriminatorUpdates,
      accumulate,
      ...(plays && { plays: plays.discriminator }),
    },
    generator: {
      trains: ['generator'],
      optimizer: optimizers.generator,
      accumulate,
      ...(averaged !== undefined && { averaged }),
      ...(unrolled !== undefined && { unrolls: { player: 'discriminator', updates: unrolled } }),
      ...(plays && { plays: plays.generator }),
    },
  };
  const played = {
    networks: { generator, discriminator },
    samples,
    objective: objective.map((term) => on({ ...named(term), ...roles }, term)),
    players,
  };
  fitGame(played as unknown as Game);
  return played as never;
}

const known = [
  'generator',
  'discriminator',
  'objective',
  'optimizer',
  'samples',
  'discriminatorUpdates',
  'averaged',
  'accumulate',
  'unrolled',
  'turns',
];

/** What the types above say, at run time. */
function mismatch(
  generator: Network,
  discriminator: Network,
  objective: readonly AnyTerm[],
  drawn: readonly string[],
): string | undefined {
  const made: Port | undefined = generator.outputs['sample'];
  const judged: Port | undefined = discriminator.inputs['sample'];
  const size = clash(
    made,
    judged,
    `the discriminator judges ${portShown(judged)}, but the generator makes ${portShown(made)}`,
  );
  if (size) return size;
  for (const [name, port] of Object.entries(discriminator.inputs)) {
    if (name === 'sample') continue;
    const given = generator.inputs[name];
    if (given === undefined)
      return `the discriminator is conditioned on '${name}', but the generator is not (what it judges is called 'sample')`;
    const fault = clash(
      given,
      port,
      `the discriminator is conditioned on ${portShown(port)} as '${name}', but the generator on ${portShown(given)}`,
    );
    if (fault) return fault;
  }
  for (const name of Object.keys(generator.inputs))
    if (
      name !== 'latents' &&
      !drawn.includes(name) &&
      !(name in discriminator.inputs) &&
      !objective.some(({ samples }) => samples.includes(name))
    )
      return `the generator is conditioned on '${name}', but nothing judges it by that (noise is called 'latents')`;
  return undefined;
}
