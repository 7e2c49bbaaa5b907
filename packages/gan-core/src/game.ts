import { assertKnownOptions } from './checks.js';
import type { SourceClash, Sources, TermClash, Unless, UnreadHead } from './contract.js';
import { fitGame } from './fit.js';
import type { Network } from './network.js';
import type { Player } from './player.js';
import type { AnyTerm, Bound } from './term.js';

export type Networks = Readonly<Record<string, Network>>;

/** What `train` plays: parts as data. Players move in the order they are named. */
export interface Game<out N extends Networks = Networks, out S extends Sources = Sources> {
  readonly networks: N;
  readonly samples: S;
  readonly objective: readonly Bound[];
  readonly players: Readonly<Record<string, Player>>;
}

/**
 * Puts a game together from networks, samples, terms bound to them by `on`, and players.
 *
 * Parts that do not fit are compile errors on the part, and the same sentences at run time.
 *
 * @throws TypeError if two parts do not fit, a name is nobody's, samples come from one another in a circle, or a player
 *   has nothing to learn from.
 */
export function game<
  const N extends Networks,
  const S extends Sources,
  const T extends readonly Bound<AnyTerm>[],
>(parts: {
  readonly networks: { readonly [K in keyof N]: N[K] & Unless<UnreadHead<N, T[number], K>> };
  readonly samples: { readonly [K in keyof S]: S[K] & Unless<SourceClash<N, S, S[K]>> };
  readonly objective: { readonly [K in keyof T]: T[K] & Unless<TermClash<N, S, T[K]>> };
  readonly players: Readonly<Record<string, Player<keyof N & string>>>;
}): Game<N, S> {
  assertKnownOptions('game', parts, ['networks', 'samples', 'objective', 'players']);
  const { networks, samples, objective, players } = parts as unknown as Game<N, S>;
  const played = { networks, samples, objective, players };
  fitGame(played);
  return played;
}
