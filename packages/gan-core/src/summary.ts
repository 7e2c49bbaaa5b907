import { portsShown } from './describe.js';
import { isUnnamed } from './lending.js';
import type { Network, Weights } from './network.js';
import { appliedOnce, type KernelCall, multiplyAddsOf, sizeOf } from './network-cost.js';
import { random } from './streams.js';
import { disposeAll } from './tensors.js';
import { tableOf } from './text-table.js';
import { type AppliedLayer, watchingLayers } from './watched-layers.js';

/**
 * A network in words, layer by layer in the order in which they are applied: what each gives for one sample, its
 * parameters, the numbers that are its state, and the multiply-adds of its convolutions and products in inference,
 *
 *     layer         gives      parameters  multiply-adds
 *     start         4x4x256       1052672        1048576
 *
 * Layers are those of `layersNetwork`, also inside of wrappers and of networks in series. What else a network owns, and all
 * of one that is made of other things, is grouped by what names begin with, up to a `/` or a `.`.
 *
 * The network is initialised and applied once, on the current engine; nothing is left allocated.
 *
 * @returns Lines of text, without one at the end.
 */
export async function summary(network: Network): Promise<string> {
  const weights = network.init(random(0));
  try {
    const names = new Map(
      [...Object.entries(weights.parameters), ...Object.entries(weights.state)].map(([name, { id }]) => [id, name]),
    );
    const applied: AppliedLayer[] = [];
    const calls = await appliedOnce(network, weights, (body) => watchingLayers((one) => applied.push(one), body));
    const seen = new Set<string>();
    const rows = applied.map((one) => {
      const own = one.weights.flatMap(({ id }) => names.get(id) ?? []).filter((name) => !seen.has(name));
      for (const name of own) seen.add(name);
      const products = added(calls.slice(...one.kernels));
      return [nameOf(one, own), one.shape.slice(1).join('x'), ...numbersOf(weights, own), shownCount(products)];
    });
    const others = new Map<string, string[]>();
    for (const name of names.values())
      if (!seen.has(name)) {
        const [group = name] = name.split(/[/.]/, 1);
        others.set(group, [...(others.get(group) ?? []), name]);
      }
    for (const [group, own] of others) rows.push([group, '', ...numbersOf(weights, own), '']);
    const { parameters, state } = weights;
    const all = ['in all', '', shownCount(sizeOf(parameters)), shownCount(sizeOf(state)), shownCount(added(calls))];
    const title = `takes ${portsShown(network.inputs)}; gives ${portsShown(network.outputs)}`;
    return `${title}\n\n${tableOf(['layer', 'gives', 'parameters', 'state', 'multiply-adds'], [...rows, all])}`;
  } finally {
    disposeAll(weights);
  }
}

const added = (calls: readonly KernelCall[]): number => calls.reduce((sum, call) => sum + multiplyAddsOf(call), 0);

const shownCount = (count: number): string => (count === 0 ? '' : String(count));

/** How many parameters and how much state there is under some names. */
function numbersOf({ parameters, state }: Weights, names: readonly string[]): readonly [string, string] {
  const sum = (of: Weights['state']) => names.reduce((total, name) => total + (of[name]?.size ?? 0), 0);
  return [shownCount(sum(parameters)), shownCount(sum(state))];
}

/** What a layer's weights are called after, or its own name, or its class if it has none. */
function nameOf({ layer }: AppliedLayer, [first]: readonly string[]): string {
  const kind = layer.getClassName();
  if (first === undefined) return isUnnamed(layer.name) ? kind : layer.name;
  const name = first.slice(0, first.lastIndexOf('/'));
  return /(?:^|\/)\d+$/.test(name) ? `${name} ${kind}` : name;
}
