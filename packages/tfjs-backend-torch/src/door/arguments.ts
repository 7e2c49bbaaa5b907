import { check } from '../native/check.js';
import { type Encoder, encoderOf } from '../native/encode.js';
import type { Parameter, Schema } from '../native/schema.js';

/** What is passed for a parameter: a tensor, a list that may have tensors, or a plain value. */
type Passed = unknown;

/** Arguments with the defaults of what was left out, at the end or as undefined. */
export const completed = ({ takes }: Schema, values: readonly Passed[]): Passed[] => [
  ...takes.map(({ fallback }, index) => (values[index] === undefined ? fallback : values[index])),
  ...values.slice(takes.length),
];

/** Compares arguments with a schema, where `fits` says what a tensor is. @throws TorchError as every call does. */
export function checkArguments(
  operator: string,
  schema: Schema,
  values: readonly Passed[],
  fits: (value: unknown) => boolean,
): void {
  const tensor: Encoder = { fits, slot: () => 0 };
  const encoders = schema.takes.map((parameter) => encoderOf(parameter, tensor));
  check(operator, schema, encoders, values);
}

/** The tensors among checked arguments, by the name of their parameter; those of a list by name and place. */
export function tensorsAmong<T>({ takes }: Schema, values: readonly Passed[]): Record<string, T> {
  const found: Record<string, T> = {};
  const put = (name: string, tensor: T | null) => {
    if (tensor !== null) found[name] = tensor;
  };
  for (const [index, { element, list, name }] of takes.entries()) {
    const value = values[index];
    if (element !== 'Tensor' || value === null) continue;
    if (list) for (const [at, item] of (value as (T | null)[]).entries()) put(`${name}.${at}`, item);
    else put(name, value as T);
  }
  return found;
}

/** Everything else among them, by name; of a list of tensors its length. */
export const plainAmong = ({ takes }: Schema, values: readonly Passed[]): Record<string, unknown> =>
  Object.fromEntries(
    takes.flatMap(({ element, list, name }, index) => {
      const value = values[index];
      if (element !== 'Tensor') return [[name, value]];
      return list && value !== null ? [[name, (value as unknown[]).length]] : [];
    }),
  );

/** The arguments again, from what `tensorsAmong` and `plainAmong` have made of them. */
export const rejoined = <T>(
  { takes }: Schema,
  tensors: Readonly<Record<string, T>>,
  plain: Readonly<Record<string, unknown>>,
): Passed[] => takes.map((parameter) => argument(parameter, tensors, plain));

function argument<T>(
  { element, list, name }: Parameter,
  tensors: Readonly<Record<string, T>>,
  plain: Readonly<Record<string, unknown>>,
): Passed {
  if (element !== 'Tensor') return plain[name];
  if (!list) return tensors[name] ?? null;
  const length = plain[name] as number | undefined;
  return length === undefined ? null : Array.from({ length }, (_, at) => tensors[`${name}.${at}`] ?? null);
}
