import type { Tensor } from '@tensorflow/tfjs-core';
import type { StoredTensor } from './checkpoint.js';
import { type Laid, layout } from './layout.js';
import { faultsShown, lookUp, type NameRule, type NameTable } from './name-table.js';
import type { Network, Tensors } from './network.js';
import { same, spelled } from './places.js';
import type { StoredWeights } from './stored-weights.js';
import { random } from './streams.js';
import { disposeAll } from './tensors.js';

/**
 * The weights of a network out of tensors of another implementation of it, as PyTorch's, through a table of names,
 *
 *     const { tensors } = await readSafetensors('generator.safetensors');
 *     const weights = await importedWeights(generator, tensors, mimicryNames(generator));
 *     train(game, { from: { generator: weights }, ... })
 *
 * Each weight of the network must come from the tensors, and each tensor be used, as the table says.
 *
 * @param tensors By name, as `readSafetensors` gives them, or any other numbers with a shape.
 * @throws TypeError if a weight is missing, has another shape than what comes from the tensors, or a tensor is not used:
 *   the sentence says which.
 */
export async function importedWeights(
  network: Network,
  tensors: Readonly<Record<string, Laid>>,
  table: NameTable,
): Promise<StoredWeights> {
  const begun = network.init(random(0));
  try {
    const find = lookUp(table, tensors);
    const missing: string[] = [];
    const misshapen: string[] = [];
    const used = new Set<string>();
    const filled = async (own: Tensors): Promise<Record<string, StoredTensor>> => {
      const entries: [string, StoredTensor][] = [];
      for (const [name, wanted] of Object.entries(own)) {
        const found = find(name);
        if (found?.rule.theirs === null) {
          entries.push([name, await kept(wanted)]);
          continue;
        }
        const absent = found?.sources.filter((source) => !Object.hasOwn(tensors, source));
        for (const source of found?.sources ?? []) used.add(source);
        if (!found || absent!.length > 0) {
          missing.push(
            found
              ? `'${name}' comes from ${absent!.map((source) => `'${source}'`).join(', ')}`
              : `'${name}' has no rule`,
          );
          continue;
        }
        const { rule, sources } = found;
        const { dtype } = wanted;
        const made = laidOut(
          rule,
          sources.map((source) => tensors[source]!),
        );
        if (typeof made === 'string' || !same({ dtype: dtype as 'float32', shape: made.shape }, wanted)) {
          const given = typeof made === 'string' ? `its layout: ${made}` : spelled({ dtype, shape: made.shape });
          misshapen.push(`'${name}' is ${spelled(wanted)}, but of '${sources.join("', '")}' comes ${given}`);
          continue;
        }
        const values = dtype === 'float32' ? Float32Array.from(made.values) : Int32Array.from(made.values);
        entries.push([name, { dtype: dtype as 'float32' | 'int32', shape: made.shape, values }]);
      }
      return Object.fromEntries(entries);
    };
    const weights = { parameters: await filled(begun.parameters), state: await filled(begun.state) };
    const { ignored = [] } = table;
    const unused = Object.keys(tensors).filter(
      (name) => !used.has(name) && !ignored.some((expression) => name.search(expression) >= 0),
    );
    const faults = faultsShown({ missing, misshapen, unused });
    if (faults !== undefined) throw new TypeError(`the tensors are not those of the network: ${faults}`);
    return weights;
  } finally {
    disposeAll(begun);
  }
}

const kept = async (tensor: Tensor): Promise<StoredTensor> => ({
  dtype: tensor.dtype as StoredTensor['dtype'],
  shape: [...tensor.shape],
  values: (await tensor.data()) as StoredTensor['values'],
});

/** What a rule makes of its tensors, or a sentence on their shape. */
function laidOut({ from, layout: notation, part, value }: NameRule, given: readonly Laid[]): Laid | string {
  const joined = from ? from(given) : given[0]!;
  const laid = notation === undefined ? joined : layout(notation)(joined);
  if (typeof laid === 'string') return laid;
  const chosen = part === undefined ? laid : partOf(laid, part);
  return value ? { ...chosen, values: Array.from(chosen.values, value) } : chosen;
}

function partOf({ shape: [, ...shape], values }: Laid, part: number): Laid {
  const size = shape.reduce((product, side) => product * side, 1);
  return { shape, values: Array.from(values).slice(part * size, (part + 1) * size) };
}
