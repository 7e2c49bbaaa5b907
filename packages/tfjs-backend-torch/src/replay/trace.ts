import type { Handle } from '../native/handle.js';
import type { Layout } from '../native/inspect.js';
import type { Schema } from '../native/schema.js';
import type { ShimCall } from '../native/witness.js';

/** Memory that tensors look at. */
export type Source =
  | { readonly kind: 'input'; readonly index: number; readonly layout: Layout }
  /** Of the recording, or of somebody else: then it counts as long as `origin` lives. */
  | { readonly kind: 'constant'; readonly handle: Handle; readonly origin: Handle | undefined; readonly blank: boolean }
  | { readonly kind: 'made'; readonly by: Instruction; readonly position: number };

/** A tensor: all of a source as it was made, or what is seen of it in another layout. */
export interface Value {
  readonly source: Source;
  readonly view: View | undefined;
}

/** A layout over a source, its offset counted from the source's own. */
export type View = Omit<Layout, 'dtype'>;

/** An argument, with values for tensors. */
export type Argument = unknown;

/** One call that has to be made again. */
export type Instruction =
  | {
      readonly kind: 'operator';
      readonly operator: string;
      readonly overload: string;
      readonly schema: Schema;
      readonly values: readonly Argument[];
      readonly results: number;
    }
  | {
      readonly kind: 'shim';
      readonly name: string;
      readonly call: ShimCall['call'];
      readonly values: readonly Argument[];
      readonly results: 1;
    };

/** What happened, without what nothing came of. */
export interface Trace {
  readonly inputs: readonly Layout[];
  readonly instructions: readonly Instruction[];
  readonly outputs: readonly Value[];
  /** Equal for two traces of the same computation. */
  readonly fingerprint: string;
}

export const isValue = (passed: unknown): passed is Value =>
  typeof passed === 'object' && passed !== null && 'source' in passed;

/** The values among arguments. */
export const valuesAmong = (passed: Argument): readonly Value[] =>
  isValue(passed) ? [passed] : Array.isArray(passed) ? passed.flatMap(valuesAmong) : [];

/** The sources that a trace looks at, each once. */
export const sourcesOf = ({ instructions, outputs }: Trace): readonly Source[] => [
  ...new Set(
    [...instructions.flatMap(({ values }) => values.flatMap(valuesAmong)), ...outputs].map(({ source }) => source),
  ),
];

/** Those that are kept for it. */
export const constantsOf = (trace: Trace) =>
  sourcesOf(trace).flatMap((source) => (source.kind === 'constant' ? [source] : []));

/** JSON has no infinities, no NaN and no negative zero. */
export const plainSpelt = (passed: Argument): Argument =>
  typeof passed !== 'number' ? passed : Object.is(passed, -0) ? '-0' : String(passed);

/** `aten::add.Tensor` */
export const nameOf = (instruction: Instruction): string =>
  instruction.kind === 'operator' ? `${instruction.operator}.${instruction.overload}` : instruction.name;

const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((each, i) => each === b[i]);

/** Whether a view is all of what it looks at, as it lies. */
export const lies = ({ sizes, strides, offset }: View, own: Layout): boolean =>
  offset === 0 && same(sizes, own.sizes) && same(strides, own.strides);

/** Whether two tensors lie alike. */
export const sameLayout = (a: Layout, b: Layout): boolean =>
  a.dtype === b.dtype && a.offset === b.offset && same(a.sizes, b.sizes) && same(a.strides, b.strides);
