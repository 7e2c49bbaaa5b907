import type { Role } from './contract.js';
import type { Game } from './game.js';
import type { Player } from './player.js';
import type { Bound } from './term.js';

/** For each input of a network, the sample that feeds it: a role's own name feeds `sample`, every other input its namesake. */
export const wiresOf = ({ networks }: Game, network: string, role: Role): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.keys(networks[network]!.inputs).map((input) => [
      input,
      typeof role === 'string' ? (input === 'sample' ? role : input) : (role[input] ?? input),
    ]),
  );

/** The samples that a role stands for. */
export const samplesOf = (role: Role): readonly string[] => (typeof role === 'string' ? [role] : Object.values(role));

/**
 * The networks that a role's samples come from, near or far.
 *
 * @throws RangeError if a sample comes from itself.
 */
export function ancestors(game: Game, role: Role, path: readonly string[] = []): readonly string[] {
  return samplesOf(role).flatMap((name) => {
    if (path.includes(name)) throw new RangeError(`'${name}' comes from itself`);
    const source = Object.hasOwn(game.samples, name) ? game.samples[name] : undefined;
    const deeper = [...path, name];
    if (!source) return [];
    if ('pool' in source) return ancestors(game, source.pool, deeper);
    if ('between' in source) return source.between.flatMap((end) => ancestors(game, end, deeper));
    if (!('by' in source) || !Object.hasOwn(game.networks, source.by)) return [];
    return [
      source.by,
      ...Object.values(wiresOf(game, source.by, source.from ?? {})).flatMap((from) => ancestors(game, from, deeper)),
    ];
  });
}

/**
 * The network that makes a role's sample, what feeds it, and which of its outputs the sample is.
 *
 * @throws TypeError if no network makes it.
 */
export function makerOf(
  { samples }: Game,
  role: Role,
  name: string,
): { readonly by: string; readonly from: Role; readonly output: string } {
  let sample = typeof role === 'string' ? role : role['sample'];
  for (let source = samples[sample ?? '']; source; source = samples[sample ?? '']) {
    if ('by' in source) return { by: source.by, from: source.from ?? {}, output: source.output ?? 'sample' };
    if (!('pool' in source)) break;
    sample = source.pool;
  }
  throw new TypeError(`what is bound as '${name}' is not made by a network`);
}

/** The side of a term that a player plays, if it plays one and the term has it. */
export function sideOf(game: Game, { trains }: Player, term: Bound): 'discriminator' | 'generator' | undefined {
  const { judge, ...roles } = term.binding;
  const side =
    typeof judge === 'string' && trains.includes(judge)
      ? 'discriminator'
      : Object.values(roles).some((role) => ancestors(game, role).some((network) => trains.includes(network)))
        ? 'generator'
        : undefined;
  return side && term[side] ? side : undefined;
}

/** How losses are called: a term's name, its samples where terms share a name, and a number where they share those too. */
export function termLabels(objective: readonly Bound[]): readonly string[] {
  const long = objective.map(({ name, binding: { judge: _, ...roles } }) => {
    const shared = objective.filter((other) => other.name === name).length > 1;
    return shared ? `${name}(${Object.values(roles).flatMap(samplesOf).join(',')})` : name;
  });
  return long.map((label, i) => {
    const before = long.slice(0, i).filter((other) => other === label).length;
    return before === 0 ? label : `${label}#${before + 1}`;
  });
}
