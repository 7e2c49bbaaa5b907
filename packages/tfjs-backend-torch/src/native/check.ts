import { type Encoder, encoderOf } from './encode.js';
import { Handle } from './handle.js';
import { type ArgumentsOf, parseSchema, type Schema } from './schema.js';
import { TorchError } from './torch-error.js';

const described = (value: unknown): string => {
  if (Handle.is(value)) return value.lives ? 'a tensor' : 'a freed tensor';
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'object' && value !== null && 'isDisposed' in value)
    return value.isDisposed ? 'a disposed tensor' : 'a tensor';
  if (Array.isArray(value)) return `[${value.slice(0, 8).map(described).join(', ')}${value.length > 8 ? ', ...' : ''}]`;
  return typeof value === 'object' && value !== null ? `a ${value.constructor?.name ?? 'object'}` : String(value);
};

/**
 * Compares arguments with a schema: a wrong count or kind is undefined behaviour once it is native.
 *
 * @throws TorchError naming the operator, the parameter and what came instead.
 */
export function check(
  operator: string,
  { takes }: Schema,
  encoders: readonly Encoder[],
  values: readonly unknown[],
): void {
  if (values.length !== takes.length)
    throw new TorchError(`${operator} takes ${takes.length} arguments, but got ${values.length}`, { operator });
  for (let i = 0; i < values.length; i++)
    if (!encoders[i]!.fits(values[i])) {
      const got = described(values[i]);
      throw new TorchError(`${operator} takes ${takes[i]!.text} as argument ${i + 1}, but got ${got}`, { operator });
    }
}

/** The same for a function that is called otherwise, of a schema written where it is used. */
export function checking<const S extends string>(operator: string, line: S): (...values: ArgumentsOf<S>) => void {
  const schema = parseSchema(line);
  const encoders = schema.takes.map((parameter) => encoderOf(parameter));
  return (...values) => check(operator, schema, encoders, values);
}
