import { createHash } from 'node:crypto';
import type { NativeType } from '../native/dtype.js';
import type { Handle } from '../native/handle.js';
import { elementType, type Layout, layoutOf } from '../native/inspect.js';
import { download } from '../native/memory.js';
import { precisionInUse } from '../native/precision.js';
import { type Argument, type Instruction, isValue, nameOf, plainSpelt, type Value } from './trace.js';

/** Numbers for what has an identity: the same one for the same tensor of somebody else's. */
const identities = new WeakMap<Handle, number>();
let identified = 0;
const identity = (handle: Handle): number => {
  const known = identities.get(handle);
  if (known !== undefined) return known;
  identities.set(handle, ++identified);
  return identified;
};

/** A hash over everything that a trace consists of, constants by their numbers. */
export function fingerprint(
  inputs: readonly Layout[],
  instructions: readonly Instruction[],
  outputs: readonly Value[],
): string {
  const hash = createHash('sha256');
  const places = new Map(instructions.map((instruction, place) => [instruction, place]));
  const hashed = new Map<Handle, string>();
  const contents = (handle: Handle): string => {
    const known = hashed.get(handle);
    if (known !== undefined) return known;
    const named = elementType(handle) as NativeType;
    /** By all of their digits. */
    const type = named === 'float32' && precisionInUse() === 'float64' ? 'float64' : named;
    const content = createHash('sha256')
      .update(JSON.stringify(layoutOf(handle)))
      .update(download(handle, type))
      .digest('hex');
    hashed.set(handle, content);
    return content;
  };
  const spelt = (passed: Argument): unknown => {
    if (Array.isArray(passed)) return passed.map(spelt);
    if (!isValue(passed)) return plainSpelt(passed);
    const { source, view } = passed;
    if (source.kind === 'input') return ['input', source.index, view];
    if (source.kind === 'made') return ['made', places.get(source.by), source.position, view];
    if (source.origin) return ['of', identity(source.origin), view];
    return source.blank ? ['blank', layoutOf(source.handle), view] : ['said', contents(source.handle), view];
  };
  hash.update(JSON.stringify(inputs));
  for (const instruction of instructions)
    hash.update(JSON.stringify([nameOf(instruction), instruction.values.map(spelt)]));
  hash.update(JSON.stringify(outputs.map(spelt)));
  return hash.digest('hex');
}
