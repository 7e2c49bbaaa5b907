import type { NativeType } from '../native/dtype.js';
import { type Parameter, parseSchema } from '../native/schema.js';
import { schemas } from '../native/schemas.js';
import { operators } from './operators.js';

/** A tensor to be made for a call, or one that was freed before it. */
export interface FuzzTensor {
  readonly shape: readonly number[];
  readonly dtype: NativeType;
  readonly seed: number;
  readonly freed?: true;
}

/** One call, as data: where it goes, the operator, and its arguments, with `{ shape, dtype, ... }` where a tensor is to be. */
export interface FuzzCall {
  /** The checked call that kernels use, or the door with tensors of TensorFlow.js or with plain numbers. */
  readonly by: 'kernel' | 'tensors' | 'numbers';
  readonly operator: string;
  readonly schema: string;
  readonly values: readonly unknown[];
}

/** Uniform in [0, 1), by the same seed the same numbers (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const inTables: Readonly<Record<string, Readonly<Record<string, string>>>> = { kernel: schemas, door: operators };

/** Gradients of pooling believe the places that they are given; kernels give them those of the forward pass, and nobody else can. */
const BELIEVING = /^max_pool[23]d_with_indices_backward$/;
const names = {
  kernel: Object.keys(schemas).filter((name) => !BELIEVING.test(name)),
  door: Object.keys(operators),
};

/** Values of other kinds than any parameter expects. */
const STRAY = [undefined, null, {}, [], 'x', 1n, Symbol('s'), () => 0, new Date(0), Number.NaN, -1, [[]], true, [1.5]];
const WORDS = ['L', 'U', 'mean', 'sum', 'reflect', 'constant', 'left', 'reduced', 'ij,jk->ik', 'none', '', 'ξ\0'];

/**
 * The call with a number, of a sequence that a seed names. Most of its arguments are of the right kind, so that many calls
 * get past the checks and into libtorch; their sizes, types, numbers and lengths are anything.
 */
export function fuzzCall(seed: number, index: number): FuzzCall {
  const random = uniform(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const pick = <T>(choices: readonly T[]): T => choices[whole(0, choices.length - 1)]!;
  const sometimes = (part: number) => random() < part;

  const by = pick(['kernel', 'tensors', 'numbers'] as const);
  const table = by === 'kernel' ? 'kernel' : 'door';
  const operator = sometimes(0.005) ? pick(['absent', 'add.absent', '', 'toString']) : pick(names[table]);
  const schema = Object.hasOwn(inTables[table]!, operator) ? inTables[table]![operator]! : 'Tensor self -> Tensor';
  const { takes } = parseSchema(schema);

  const shape = () => Array.from({ length: pick([0, 1, 2, 3, 3, 4, 4, 5]) }, () => pick([0, 1, 1, 2, 2, 3, 3, 4, 5]));
  const usual = {
    shape: shape(),
    dtype: pick(['float32', 'float32', 'float32', 'float64', 'float64', 'int32', 'bool', 'complex64'] as const),
  };
  const tensor = (): FuzzTensor => ({
    shape: sometimes(0.6) ? usual.shape : shape(),
    dtype: sometimes(0.7)
      ? usual.dtype
      : pick(['float32', 'float64', 'int32', 'int64', 'bool', 'complex64', 'complex128'] as const),
    seed: whole(0, 2 ** 31),
    ...(sometimes(0.02) && { freed: true }),
  });
  const number = () => pick([0, 1, 1, 1, 2, 2, 3, 4, 5, -1, -1, -2, 7, 2 ** 31, -(2 ** 40), 2 ** 52]);
  const small = () => pick([0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, -1]);
  const real = () => pick([0, 1, 0.5, 1e-5, -1, 2, 1e30, Number.NaN, Number.POSITIVE_INFINITY]);
  const plain: Readonly<Record<string, () => unknown>> = {
    Tensor: tensor,
    int: () => (sometimes(0.8) ? small() : number()),
    float: real,
    bool: () => sometimes(0.5),
    str: () => pick(WORDS),
    ScalarType: () => pick(['float32', 'float64', 'int32', 'int64', 'bool', 'complex64']),
    MemoryFormat: () => pick(['contiguous_format', 'preserve_format', 'channels_last', 'channels_last_3d']),
  };
  const argument = ({ element, list, optional, optionalElement, text, fallback }: Parameter): unknown => {
    if (fallback !== undefined && sometimes(0.3)) return fallback;
    if (sometimes(0.01)) return pick(STRAY);
    if (optional && sometimes(0.3)) return null;
    const one = () => (optionalElement && sometimes(0.3) ? null : (plain[element]?.() ?? null));
    if (!list) return one();
    const stated = Number(/\[(\d+)\]/.exec(text)?.[1] ?? whole(1, 4));
    return Array.from({ length: sometimes(0.75) ? stated : whole(0, 6) }, one);
  };
  const values = takes.map(argument);
  if (sometimes(0.02)) values.pop();
  else if (sometimes(0.01)) values.push(pick(STRAY));
  return { by, operator, schema, values };
}

/** A call as text. */
export const callText = ({ by, operator, values }: FuzzCall): string =>
  `${by}: ${operator}(${values.map((value) => JSON.stringify(value, (_, item) => (typeof item === 'bigint' || typeof item === 'symbol' ? String(item) : item)) ?? String(value)).join(', ')})`;
