import type { Port, Source, Sources } from './contract.js';
import { portShown } from './fit.js';
import type { Game, Networks } from './game.js';
import { type NetworkCost, networkCost } from './network-cost.js';
import { type Bound, weightAt } from './term.js';
import { tableOf } from './text-table.js';
import { sideOf, termLabels, wiresOf } from './wiring.js';

/**
 * A game in words: its networks with ports, parameters and multiply-adds, where its samples come from, who plays with
 * which optimiser, and which side of which term with which weight, a table each.
 *
 *     networks       takes          gives           parameters  multiply-adds
 *     generator      latents 100    sample 28x28x1      1.2 M         9.4 M
 *
 * Networks are initialised and applied once, on the current engine; nothing is left allocated.
 *
 * @returns Lines of text, without one at the end.
 */
export async function describe<N extends Networks, S extends Sources>(game: Game<N, S>): Promise<string> {
  const of = game as unknown as Game;
  const costs: Record<string, NetworkCost> = {};
  for (const [name, network] of Object.entries(of.networks)) costs[name] = await networkCost(network);
  const networks = Object.entries(of.networks).map(([name, { inputs, outputs }]) => {
    const { parameters, state, multiplyAdds } = costs[name]!;
    return [name, portsShown(inputs), portsShown(outputs), rounded(parameters), rounded(state), rounded(multiplyAdds)];
  });
  const samples = Object.entries(of.samples).map(([name, source]) => [name, sourceShown(of, source)]);
  const labels = termLabels(of.objective);
  const players = Object.entries(of.players).map(
    ([name, { trains, optimizer, updates = 1, accumulate = 1, averaged, unrolls, plays }]) => [
      name,
      trains.join(', '),
      optimizer.name,
      String(updates),
      String(accumulate),
      typeof averaged === 'function' ? 'by update' : averaged === undefined ? '' : String(averaged),
      unrolls ? `${unrolls.updates} of ${unrolls.player}` : '',
      plays ? 'some' : '',
    ],
  );
  const terms = of.objective.map((term, i) => [labels[i]!, weightShown(term), bindingShown(term), playedBy(of, term)]);
  return [
    tableOf(['networks', 'takes', 'gives', 'parameters', 'state', 'multiply-adds'], networks),
    tableOf(['samples', 'from'], samples),
    tableOf(['players', 'train', 'optimizer', 'updates', 'accumulate', 'averaged', 'unrolls', 'steps'], players),
    tableOf(['terms', 'weight', 'of', 'played by'], terms),
  ].join('\n\n');
}

/** `latents 100, classes 10`. */
export const portsShown = (ports: Readonly<Record<string, Port>>): string =>
  Object.entries(ports)
    .map(([name, port]) => `${name} ${portShown(port)}`)
    .join(', ');

/** Where a sample comes from, in a few words. */
export function sourceShown(of: Game, source: Source): string {
  if ('data' in source) return `data, ${portShown(source.data)}`;
  if ('normal' in source) return `normal, ${portShown(source.normal)}`;
  if ('uniform' in source) return `uniform, ${portShown(source.uniform)}`;
  if ('categorical' in source) return `any of ${source.categorical} classes`;
  if ('pool' in source) return `${source.size} earlier ${source.pool}`;
  if ('between' in source) return `between ${source.between.join(' and ')}`;
  const wires = Object.entries(wiresOf(of, source.by, source.from ?? {})).map(([input, sample]) =>
    input === sample ? input : `${input} = ${sample}`,
  );
  return `${source.by}(${wires.join(', ')})${source.output === undefined ? '' : `, ${source.output}`}`;
}

/** `10`, and `10 every 16 steps` for a term that does not always play; of a weight with a schedule, that of step 0. */
export function weightShown(term: Bound): string {
  const { weight, period = 1 } = term;
  const number = `${Number(weightAt(term, 0).toPrecision(3))}`;
  const at = typeof weight === 'function' && weight(0) !== weight(1_000_000) ? `${number} at step 0` : number;
  return period === 1 ? at : `${at}, every ${period} steps`;
}

const bindingShown = ({ binding }: Bound): string =>
  Object.entries(binding)
    .filter(([role]) => role !== 'judge')
    .map(([role, sample]) => {
      const of = typeof sample === 'string' ? sample : Object.values(sample).join(' with ');
      return of === role ? role : `${role} = ${of}`;
    })
    .concat(typeof binding['judge'] === 'string' ? [`judged by ${binding['judge']}`] : [])
    .join(', ');

const playedBy = (of: Game, term: Bound): string =>
  Object.entries(of.players)
    .flatMap(([name, player]) => (sideOf(of, player, term) ? [name] : []))
    .join(', ');

/** `950`, `12.3 k`, `1.20 M`. */
export function rounded(count: number): string {
  const unit = ['', ' k', ' M', ' G', ' T'];
  const power = count < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(count) / 3));
  return power === 0 ? String(count) : `${(count / 1000 ** power).toPrecision(3)}${unit[power]}`;
}
