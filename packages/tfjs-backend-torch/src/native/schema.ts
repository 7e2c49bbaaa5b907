import type { MemoryFormat, NativeType } from './dtype.js';
import type { Handle } from './handle.js';

/** What JavaScript passes for a type of PyTorch's notation: `Tensor?` a tensor (`T`) or null, `int[2]` numbers. */
type ValueOf<K extends string, T> = K extends `${infer E}?`
  ? ValueOf<E, T> | null
  : K extends `${infer E}[${string}]`
    ? readonly ValueOf<E, T>[]
    : K extends 'Tensor'
      ? T
      : K extends keyof Plain
        ? Plain[K]
        : never;

interface Plain {
  int: number;
  float: number;
  bool: boolean;
  str: string;
  ScalarType: NativeType;
  MemoryFormat: MemoryFormat;
  /** Only ever left to libtorch. */
  Layout: never;
  Device: never;
}

/** One `type name`, or `type name=default`, which need not be passed. */
type Take<P extends string, T> = P extends `${infer K} ${string}=${string}`
  ? [value?: ValueOf<K, T>]
  : P extends `${infer K} ${string}`
    ? [value: ValueOf<K, T>]
    : [];

type Takes<S extends string, T> = S extends `${infer P}, ${infer Rest}`
  ? [...Take<P, T>, ...Takes<Rest, T>]
  : Take<S, T>;

type Gives<S extends string, T> = S extends `Tensor, ${infer Rest}`
  ? [T, ...Gives<Rest, T>]
  : S extends 'Tensor'
    ? [T]
    : [];

/** The arguments of a schema `'type name, ... -> type, ...'`, where tensors are of type `T`. */
export type ArgumentsOf<S extends string, T = Handle> = S extends `${infer A} ->${string}` ? Takes<A, T> : never;

/** The result of a schema: nothing, a tensor, several in a tuple, or a list of them. */
export type ResultOf<S extends string, T = Handle> = S extends `${string}-> ${infer R}`
  ? R extends 'Tensor'
    ? T
    : R extends 'Tensor[]'
      ? T[]
      : Gives<R, T>
  : undefined;

/** One parameter as the table states it. */
export interface Parameter {
  readonly name: string;
  /** The type without `?` and `[]`: `int`. */
  readonly element: string;
  readonly list: boolean;
  /** How many elements a list has; undefined for any number. libtorch's `[1]` stands for any number too. */
  readonly length: number | undefined;
  /** Whether the elements of a list, or a value that is none, may be null. */
  readonly optionalElement: boolean;
  /** Whether a list may be null. */
  readonly optional: boolean;
  /** As in the table: `int[2] stride`. */
  readonly text: string;
  /** What stands for it when it is not passed; undefined if it has to be. */
  readonly fallback: unknown;
}

/** A schema taken apart. */
export interface Schema {
  readonly takes: readonly Parameter[];
  /** `Tensor` for each result, or `Tensor[]`. */
  readonly gives: readonly string[];
}

const parameter = (item: string): Parameter => {
  const [text = '', fallback] = item.split('=');
  const [, element = '', inner = '', list, length = '', outer = '', name = ''] =
    /^(\w+)(\?)?(?:(\[(\d*)\])(\?)?)? (\w+)$/.exec(text) ?? [];
  return {
    name,
    element,
    list: list !== undefined,
    length: Number(length) > 1 ? Number(length) : undefined,
    optionalElement: inner === '?',
    optional: outer === '?',
    text,
    fallback: fallback === undefined ? undefined : JSON.parse(fallback),
  };
};

/** Takes a line of a table apart. */
export function parseSchema(line: string): Schema {
  const [takes = '', gives = ''] = line.split(/ ?-> ?/);
  const items = (list: string) => list.split(', ').filter((item) => item !== '');
  return { takes: items(takes).map(parameter), gives: items(gives) };
}
