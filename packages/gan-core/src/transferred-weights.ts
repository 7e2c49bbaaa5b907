import { clone, type Tensor } from '@tensorflow/tfjs-core';
import { type Checkpoint, isCheckpoint, type StoredTensors } from './checkpoint.js';
import { shown } from './checks.js';
import type { Game } from './game.js';
import { under } from './named-parts.js';
import type { Weights } from './network.js';
import { live, placesOf, rebuilt, same, spelled } from './places.js';
import { averaging } from './run.js';
import type { StoredWeights } from './stored-weights.js';
import { disposeAll, scoped } from './tensors.js';
import type { Origin } from './training.js';

/** Weights to start from: all of a run, or by the names of the game's networks. */
export type GivenWeights = Checkpoint | { readonly [network: string]: StoredWeights };

/** @throws TypeError unless it is a checkpoint, or a record of stored weights by networks of the game. */
export function assertGivenWeights({ networks }: Game, from: GivenWeights): void {
  if (isCheckpoint(from)) return;
  const refuse = (what: string): never => {
    throw new TypeError(
      `from must be a checkpoint, as readCheckpoint gives, or stored weights by network, as storedWeights gives, but ${what}`,
    );
  };
  if (typeof from !== 'object' || from === null || Object.keys(from).length === 0) refuse(`is ${shown(from)}`);
  for (const [name, weights] of Object.entries(from)) {
    if (!Object.hasOwn(networks, name))
      throw new TypeError(
        `from has weights for '${name}', but the game has no such network; it has ${Object.keys(networks).join(', ')}`,
      );
    if (typeof weights?.parameters !== 'object' || typeof weights.state !== 'object')
      refuse(`'${name}' is ${shown(weights)}`);
  }
}

const flat = (from: GivenWeights): StoredTensors =>
  isCheckpoint(from)
    ? from.tensors
    : Object.assign(
        {},
        ...Object.entries(from).flatMap(([network, { parameters, state }]) => [
          under(`weights/${network}/parameters/`, parameters),
          under(`weights/${network}/state/`, state),
        ]),
      );

/** Where a place's tensor may come from, best first: an average also from weights, a frozen weight also from a parameter. */
function sourcesOf(place: string): readonly string[] {
  const [part, network, kind, ...name] = place.split('/');
  const kinds = kind === 'state' ? ['state', 'parameters'] : ['parameters', 'state'];
  const parts = part === 'averages' ? ['averages', 'weights'] : ['weights'];
  return parts.flatMap((of) => kinds.map((other) => [of, network, other, ...name].join('/')));
}

/**
 * The weights of a game, and averages where they are kept, with what can be taken of `from` in place of fresh ones, which
 * are freed.
 *
 * @throws TypeError if nothing can be taken, or nothing for a network that weights were given for by name.
 */
export function transferredWeights(
  game: Game,
  fresh: Record<string, Weights>,
  from: GivenWeights,
): {
  readonly weights: Record<string, Weights>;
  readonly averages: Record<string, Weights>;
  readonly origin: Origin;
} {
  const tensors = flat(from);
  const averages = Object.fromEntries(averaging(game).map((name) => [name, fresh[name]!]));
  const places = placesOf({ weights: fresh, averages });
  const sources = new Map(
    places.flatMap(([place]) => {
      const source = sourcesOf(place).find((one) => Object.hasOwn(tensors, one));
      return source === undefined ? [] : [[place, source] as const];
    }),
  );
  const fits = ([place, value]: readonly [string, Tensor]) => same(tensors[sources.get(place)!], value);
  const taken = places.filter(fits).map(([place]) => place);
  const wanted = isCheckpoint(from)
    ? [['the game', 'weights/']]
    : Object.keys(from).map((name) => [`the network '${name}'`, `weights/${name}/`]);
  for (const [what, start] of wanted)
    if (!taken.some((place) => place.startsWith(start!))) {
      disposeAll(fresh);
      throw new TypeError(`nothing of from fits ${what}: no name and shape are the same`);
    }
  const kept = new Set(taken);
  const next = scoped(() =>
    rebuilt({ weights: fresh, averages }, (place, old) => {
      if (kept.has(place)) return live(tensors[sources.get(place)!]!);
      return place.startsWith('averages/') ? clone(old) : old;
    }),
  );
  disposeAll(fresh, next);
  const used = new Set(sources.values());
  return {
    ...next,
    origin: {
      taken,
      missing: places.flatMap(([place]) => (sources.has(place) ? [] : [place])),
      misshapen: places.flatMap(([place, value]) => {
        const source = sources.get(place);
        if (source === undefined || kept.has(place)) return [];
        return [{ name: place, given: spelled(tensors[source]!), wanted: spelled(value) }];
      }),
      unused: Object.keys(tensors).filter((place) => /^(weights|averages)\//.test(place) && !used.has(place)),
    },
  };
}
