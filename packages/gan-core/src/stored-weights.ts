import { type Checkpoint, isCheckpoint, type StoredTensors } from './checkpoint.js';
import { assertKnownOptions, assertOneOf, shown } from './checks.js';
import { begins, listed, matching, type NamePattern } from './name-pattern.js';
import { within } from './named-parts.js';
import type { Weights } from './network.js';
import { live } from './places.js';
import { mapped } from './records.js';
import { scoped } from './tensors.js';

/** The weights of one network on the host, by name. Plain data. */
export interface StoredWeights {
  readonly parameters: StoredTensors;
  readonly state: StoredTensors;
}

/** Options of `storedWeights`. */
export interface StoredWeightsOptions {
  /** `'averaged'`, unless said, are the running averages where the run kept them; `'raw'` are those that were trained. */
  readonly weights?: 'averaged' | 'raw';
  /** Which of them; all unless said. */
  readonly only?: NamePattern;
  /**
   * What they are called from now on: a function of the name, or a table. A key of the table stands for the name, or for
   * what it begins up to a `/` or a `.`: `{ block1: 'block2' }` makes `block2.first/kernel` of `block1.first/kernel`.
   */
  readonly rename?: Readonly<Record<string, string>> | ((name: string) => string);
}

/**
 * The weights of a network in a checkpoint, or some of them, to start another training or network from,
 *
 *     train(game, { from: { generator: storedWeights(checkpoint, 'generator', { only: ['map4', 'map8'] }) }, ... })
 *
 * @param network Its name in the game that the checkpoint is of.
 * @throws TypeError if the checkpoint has no such network, an option is unknown, a pattern or a name to change matches
 *   nothing, or two weights would get the same name.
 */
export function storedWeights(
  checkpoint: Checkpoint,
  network: string,
  options: StoredWeightsOptions = {},
): StoredWeights {
  assertKnownOptions('storedWeights', options, ['weights', 'only', 'rename']);
  const { weights = 'averaged', only = () => true, rename = {} } = options;
  assertOneOf('weights', weights, ['averaged', 'raw']);
  if (!isCheckpoint(checkpoint))
    throw new TypeError(`storedWeights takes a checkpoint, as readCheckpoint gives, but is given ${shown(checkpoint)}`);
  const { tensors } = checkpoint;
  const averages = weights === 'averaged' ? within(`averages/${network}/`, tensors) : {};
  const all = Object.keys(averages).length > 0 ? averages : within(`weights/${network}/`, tensors);
  if (Object.keys(all).length === 0)
    throw new TypeError(`the checkpoint has no network ${shown(network)}; it has ${networksOf(tensors).join(', ')}`);
  const own = { parameters: within('parameters/', all), state: within('state/', all) };
  const names = Object.values(own).flatMap((part) => Object.keys(part));
  const chosen = new Set(matching(names, only, 'only'));
  const renamed = renaming(rename, names);
  const known = new Set<string>();
  const taken = (part: StoredTensors): StoredTensors =>
    Object.fromEntries(
      Object.entries(part).flatMap(([name, tensor]) => {
        if (!chosen.has(name)) return [];
        const next = renamed(name);
        if (known.has(next)) throw new TypeError(`rename calls two weights '${next}'`);
        known.add(next);
        return [[next, tensor]];
      }),
    );
  return { parameters: taken(own.parameters), state: taken(own.state) };
}

/**
 * Weights on the current engine, for a network that is not trained: `{ network, weights: loadedWeights(stored), drawn }` is
 * a trained network to sample and to evaluate.
 *
 * @returns Weights whose tensors the caller owns.
 */
export const loadedWeights = ({ parameters, state }: StoredWeights): Weights =>
  scoped(() => ({ parameters: mapped(parameters, live), state: mapped(state, live) }));

/** The names of the networks that a checkpoint is of. */
const networksOf = (tensors: StoredTensors): readonly string[] => [
  ...new Set(Object.keys(within('weights/', tensors)).map((place) => place.split('/', 1)[0]!)),
];

function renaming(
  rename: NonNullable<StoredWeightsOptions['rename']>,
  names: readonly string[],
): (name: string) => string {
  if (typeof rename === 'function')
    return (name) => {
      const next = rename(name);
      if (typeof next !== 'string')
        throw new TypeError(`rename must give a name for '${name}', but gives ${shown(next)}`);
      return next;
    };
  const starts = Object.keys(rename).sort((a, b) => b.length - a.length);
  for (const start of starts)
    if (!names.some((name) => begins(start, name)))
      throw new TypeError(`rename has ${shown(start)}, but there is no such name among ${listed(names)}`);
  return (name) => {
    const start = starts.find((one) => begins(one, name));
    return start === undefined ? name : rename[start] + name.slice(start.length);
  };
}
