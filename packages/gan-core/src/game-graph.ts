import { sourceShown, weightShown } from './describe.js';
import type { Game } from './game.js';
import { ancestors, samplesOf, sideOf, termLabels, wiresOf } from './wiring.js';

/** A sample, judge or term of a game. */
export interface GameNode {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  /** The player who trains the network that makes or is it; undefined for what nobody trains. */
  readonly player: string | undefined;
  /** The ids of the nodes that lead to it. */
  readonly from: readonly string[];
}

/**
 * A game as a graph: each sample leads to what is made from it and to the judges who see it, a judge to the terms that
 * read it, and a sample to the terms that look at it themselves.
 */
export const gameGraph = (game: Game): readonly GameNode[] => [
  ...Object.keys(game.samples).map((name) => sampleNode(game, name)),
  ...judgesOf(game).map((judge) => judgeNode(game, judge)),
  ...game.objective.map((_, position) => termNode(game, position)),
];

const sampleId = (name: string): string => `sample ${name}`;
const judgeId = (name: string): string => `judge ${name}`;

const trainer = ({ players }: Game, network: string): string | undefined =>
  Object.entries(players).find(([, { trains }]) => trains.includes(network))?.[0];

function sampleNode(game: Game, name: string): GameNode {
  const source = game.samples[name]!;
  return {
    id: sampleId(name),
    title: name,
    note: sourceShown(game, source),
    player: 'by' in source ? trainer(game, source.by) : undefined,
    from: parentsOf(game, name).map(sampleId),
  };
}

function parentsOf(game: Game, name: string): readonly string[] {
  const source = game.samples[name]!;
  if ('pool' in source) return [source.pool];
  if ('between' in source) return source.between;
  return 'by' in source ? Object.values(wiresOf(game, source.by, source.from ?? {})) : [];
}

const judgesOf = ({ objective }: Game): readonly string[] => [
  ...new Set(objective.flatMap(({ binding: { judge } }) => (typeof judge === 'string' ? [judge] : []))),
];

function judgeNode(game: Game, judge: string): GameNode {
  const shown = game.objective
    .filter(({ binding }) => binding['judge'] === judge)
    .flatMap(({ binding: { real, fake } }) => [real, fake].filter((role) => role !== undefined))
    .flatMap((role) => Object.values(wiresOf(game, judge, role)));
  return {
    id: judgeId(judge),
    title: judge,
    note: Object.entries(game.networks[judge]!.outputs)
      .map(([name, head]) => `${name}: ${head}`)
      .join(', '),
    player: trainer(game, judge),
    from: [...new Set(shown)].map(sampleId),
  };
}

function termNode(game: Game, position: number): GameNode {
  const term = game.objective[position]!;
  const { judge, ...roles } = term.binding;
  const players = Object.entries(game.players).flatMap(([name, player]) => (sideOf(game, player, term) ? [name] : []));
  const judged = typeof judge === 'string';
  // Of a judged term, what the judge is shown leads to the judge, and so do conditions, which come from no network.
  const seen = Object.entries(roles)
    .filter(([role]) => !judged || (role !== 'real' && role !== 'fake'))
    .flatMap(([, role]) => samplesOf(role))
    .filter((name) => !judged || ancestors(game, name).length > 0);
  return {
    id: `term ${position}`,
    title: termLabels(game.objective)[position]!,
    note: `${weightShown(term)}: ${players.join(', ')}`,
    player: undefined,
    from: [...(judged ? [judgeId(judge)] : []), ...[...new Set(seen)].map(sampleId)],
  };
}
