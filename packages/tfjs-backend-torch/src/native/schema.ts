import type { MemoryFormat, NativeType } from './dtype.js';
import type { Handle } from './handle.js';

/** What JavaScript passes for a type of PyTorch's notation: `Tensor?` a handle or null, `int[2]` numbers. */
type ValueOf<K extends string> = K extends `${infer T}?`
  ? ValueOf<T> | null
  : K extends `${infer T}[${string}]`
    ? readonly ValueOf<T>[]
    : K extends keyof Plain
      ? Plain[K]
      : never;

interface Plain {
  Tensor: Handle;
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

/** The types of a comma-separated list of `type name`. */
type Takes<S extends string> = S extends `${infer K} ${string}, ${infer Rest}`
  ? [ValueOf<K>, ...Takes<Rest>]
  : S extends `${infer K} ${string}`
    ? [ValueOf<K>]
    : [];

type Gives<S extends string> = S extends `Tensor, ${infer Rest}`
  ? [Handle, ...Gives<Rest>]
  : S extends 'Tensor'
    ? [Handle]
    : [];

/** The arguments of a schema `'type name, ... -> type, ...'`. */
export type ArgumentsOf<S extends string> = S extends `${infer A} ->${string}` ? Takes<A> : never;

/** The result of a schema: nothing, a handle, or handles in a tuple. */
export type ResultOf<S extends string> = S extends `${string}-> ${infer R}`
  ? R extends 'Tensor'
    ? Handle
    : Gives<R>
  : undefined;

/** One parameter as the table states it. */
export interface Parameter {
  /** The type without `?` and `[]`: `int`. */
  readonly element: string;
  readonly list: boolean;
  /** Whether the elements of a list, or a value that is none, may be null. */
  readonly optionalElement: boolean;
  /** Whether a list may be null. */
  readonly optional: boolean;
  /** As in the table: `int[2] stride`. */
  readonly text: string;
}

/** A schema taken apart. */
export interface Schema {
  readonly takes: readonly Parameter[];
  /** `Tensor` for each result. */
  readonly gives: readonly string[];
}

const parameter = (text: string): Parameter => {
  const [, element = '', inner = '', list, outer = ''] = /^(\w+)(\?)?(?:(\[\d*\])(\?)?)? \w+$/.exec(text) ?? [];
  return { element, list: list !== undefined, optionalElement: inner === '?', optional: outer === '?', text };
};

/** Takes a line of the table apart. */
export function parseSchema(line: string): Schema {
  const [takes = '', gives = ''] = line.split(/ ?-> ?/);
  const items = (list: string) => list.split(', ').filter((item) => item !== '');
  return { takes: items(takes).map(parameter), gives: items(gives) };
}
