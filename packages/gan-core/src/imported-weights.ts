import type { Tensor } from '@tensorflow/tfjs-core';
import type { StoredTensor, StoredTensors } from './checkpoint.js';
import { type Laid, layout } from './layout.js';
import { listed } from './name-pattern.js';
import { lookUp, type NameRule, type NameTable, type Rule } from './name-table.js';
import type { Network, Tensors } from './network.js';
import { same, spelled, storedTensor } from './places.js';
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
    const faults: Record<Fault['kind'], string[]> = { missing: [], misshapen: [] };
    const used = new Set<string>();
    const filled = async (own: Tensors): Promise<StoredTensors> => {
      const entries: [string, StoredTensor][] = [];
      for (const [name, wanted] of Object.entries(own)) {
        const found = find(name);
        for (const source of found?.sources ?? []) used.add(source);
        const made = await imported(wanted, found, tensors);
        if ('kind' in made) faults[made.kind].push(`'${name}' ${made.sentence}`);
        else entries.push([name, made]);
      }
      return Object.fromEntries(entries);
    };
    const weights = { parameters: await filled(begun.parameters), state: await filled(begun.state) };
    const { ignored = [] } = table;
    const unused = Object.keys(tensors).filter(
      (name) => !used.has(name) && !ignored.some((expression) => name.search(expression) >= 0),
    );
    const said = Object.entries({ ...faults, unused }).filter(([, names]) => names.length > 0);
    if (said.length > 0)
      throw new TypeError(
        `the tensors are not those of the network: ${said.map(([kind, names]) => `${kind}: ${listed(names)}`).join('; ')}`,
      );
    return weights;
  } finally {
    disposeAll(begun);
  }
}

/** Why a weight can't come from the tensors: the end of a sentence that begins with its name. */
interface Fault {
  readonly kind: 'missing' | 'misshapen';
  readonly sentence: string;
}

/** One weight, in place of the one that the network begins with. */
async function imported(
  wanted: Tensor,
  found: Rule | undefined,
  tensors: Readonly<Record<string, Laid>>,
): Promise<StoredTensor | Fault> {
  if (!found) return { kind: 'missing', sentence: 'has no rule' };
  const { rule, sources } = found;
  if (rule.theirs === null) return storedTensor(wanted);
  const absent = sources.filter((source) => !Object.hasOwn(tensors, source));
  if (absent.length > 0) return { kind: 'missing', sentence: `comes from ${quoted(absent)}` };
  const misshapen = (given: string): Fault => ({
    kind: 'misshapen',
    sentence: `is ${spelled(wanted)}, but of ${quoted(sources)} comes ${given}`,
  });
  const given = sources.map((source) => tensors[source]!);
  const laid = laidOut(rule, given);
  if (typeof laid === 'string') return misshapen(`its layout: ${laid}`);
  const { shape, values } = laid;
  const dtype = wanted.dtype as StoredTensor['dtype'];
  if (!same({ dtype, shape }, wanted)) return misshapen(spelled({ dtype, shape }));
  return { dtype, shape, values: dtype === 'float32' ? Float32Array.from(values) : Int32Array.from(values) };
}

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

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
