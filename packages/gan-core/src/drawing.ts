import dagre from '@dagrejs/dagre';
import type { Sources } from './contract.js';
import type { Game, Networks } from './game.js';
import { type GameNode, gameGraph } from './game-graph.js';

/** In pixels. */
const box = { width: 200, height: 46 } as const;
const margin = 20;
const legend = 26;
/** Of players, in their order: told apart by those who do not see all colours too (Okabe, Ito 2008). */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'] as const;
const nobody = '#666666';

/**
 * A game as a picture, SVG on white: samples from the left, each judge behind what it is shown, terms at the right. What a
 * network makes or judges has the colour of the player who trains it; a term says with which weight who plays it.
 *
 * @returns The text of an SVG file, some kilobytes.
 */
export function drawing<N extends Networks, S extends Sources>(game: Game<N, S>): string {
  const nodes = gameGraph(game as unknown as Game);
  const players = Object.keys(game.players);
  const colourOf = (player: string | undefined): string =>
    player === undefined ? nobody : colours[players.indexOf(player) % colours.length]!;
  const laid = laidOut(nodes);
  const { width = 0, height = 0 } = laid.graph();
  const tall = height + legend;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${tall}" viewBox="0 0 ${width} ${tall}" font-family="sans-serif">`,
    `<rect width="${width}" height="${tall}" fill="white"/>`,
    ...nodes.flatMap(({ id, from, player }) =>
      from.map((start) => {
        const [left, right] = [laid.node(start) as Point, laid.node(id) as Point];
        const bends: readonly Point[] = laid.edge(start, id).points.slice(1, -1);
        const ends = {
          start: { x: left.x + box.width / 2, y: left.y },
          end: { x: right.x - box.width / 2, y: right.y },
        };
        return line([ends.start, ...bends, ends.end], colourOf(player));
      }),
    ),
    ...nodes.map((node) => boxShown(node, laid.node(node.id) as Point, colourOf(node.player))),
    ...players.map((name, i) => {
      const [x, y] = [margin + i * 160, tall - margin];
      return `<circle cx="${x + 5}" cy="${y - 4}" r="5" fill="${colourOf(name)}"/>${text(name, x + 16, y, 12)}`;
    }),
    '</svg>',
  ].join('\n');
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function laidOut(nodes: readonly GameNode[]) {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 44, marginx: margin, marginy: margin });
  for (const { id } of nodes) graph.setNode(id, { ...box });
  for (const { id, from } of nodes) for (const start of from) graph.setEdge(start, id, {});
  dagre.layout(graph);
  return graph;
}

const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Cut to what a box holds. */
const short = (words: string, most: number): string => (words.length > most ? `${words.slice(0, most - 1)}…` : words);

const text = (words: string, x: number, y: number, size: number, weight = 'normal'): string =>
  `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="#222222">${escaped(words)}</text>`;

function boxShown({ title, note }: GameNode, centre: Point, colour: string): string {
  const [x, y] = [centre.x - box.width / 2, centre.y - box.height / 2];
  return [
    '<g>',
    `<title>${escaped(`${title}: ${note}`)}</title>`,
    `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="6" fill="white" stroke="${colour}" stroke-width="2"/>`,
    text(short(title, 24), x + 10, y + 19, 14, 'bold'),
    text(short(note, 33), x + 10, y + 36, 11),
    '</g>',
  ].join('');
}

/** From point to point, level at each. */
function line([first, ...rest]: readonly Point[], colour: string): string {
  const bends = rest.map((to, i) => {
    const from = i === 0 ? first! : rest[i - 1]!;
    const middle = (from.x + to.x) / 2;
    return `C${middle},${from.y} ${middle},${to.y} ${to.x},${to.y}`;
  });
  return `<path d="M${first!.x},${first!.y} ${bends.join(' ')}" fill="none" stroke="${colour}" stroke-opacity="0.6" stroke-width="1.5"/>`;
}
