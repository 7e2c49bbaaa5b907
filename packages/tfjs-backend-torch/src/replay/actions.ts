import { type Encoder, encoderOf } from '../native/encode.js';
import { library } from '../native/library.js';
import { pointerIn } from '../native/pointer.js';
import type { Parameter } from '../native/schema.js';
import { succeed } from '../native/status.js';
import { owned, type Place, slots, viewed } from './slots.js';
import { type Argument, type Instruction, isValue, nameOf } from './trace.js';

const out = new Uint32Array(2);

const tensor: Encoder = { fits: () => true, slot: (place: Place) => owned(place) };

/** Whether the bits of an argument are the same at each call, and nobody frees them. */
const isPlain = ({ element, list, optionalElement }: Parameter, passed: Argument): boolean =>
  passed === null || !(list || optionalElement || element === 'str' || isValue(passed));

/** A call, with all that is the same each time written down. */
export type Action = () => void;

/** Makes places of values: which slot, and whether it is looked at for the last time. */
export type Placing = (passed: Argument) => Argument;

function operatorAction(
  instruction: Extract<Instruction, { kind: 'operator' }>,
  placed: Placing,
  results: readonly number[],
): Action {
  const { operator, overload, schema } = instruction;
  const { functions, packed } = library();
  const { takes } = schema;
  const template = new Uint32Array(2 * Math.max(takes.length, instruction.results));
  const stack = new Uint32Array(template.length);
  const slotted = new BigInt64Array(template.buffer);
  const bits = new BigInt64Array(stack.buffer);
  const moving: { readonly at: number; readonly encoder: Encoder; readonly value: never }[] = [];
  // From the last to the first: of two looks at one slot, the last gives it away.
  for (let at = takes.length - 1; at >= 0; at--) {
    const parameter = takes[at]!;
    const value = instruction.values[at];
    const encoder = encoderOf(parameter, tensor);
    if (isPlain(parameter, value)) slotted[at] = BigInt(encoder.slot(value as never));
    else moving.unshift({ at, encoder, value: placed(value) as never });
  }
  const name = nameOf(instruction);
  const call = functions.torch_call_dispatcher;
  const several = results.length > 1;
  return () => {
    stack.set(template);
    for (let i = 0; i < moving.length; i++) {
      const { at, encoder, value } = moving[i]!;
      const slot = encoder.slot(value);
      if (typeof slot === 'bigint') bits[at] = slot;
      else {
        stack[2 * at] = slot;
        stack[2 * at + 1] = slot / 2 ** 32;
      }
    }
    const code = call(operator, overload, stack, packed);
    if (code !== 0) succeed(code, name);
    if (several) for (let i = 0; i < results.length; i++) slots[results[i]!] = pointerIn(stack, i);
    else slots[results[0]!] = pointerIn(stack);
  };
}

function shimAction(
  { name, call, values }: Extract<Instruction, { kind: 'shim' }>,
  placed: Placing,
  [result]: readonly number[],
): Action {
  const places = values.map((value) => (isValue(value) ? (placed(value) as Place) : undefined));
  const raw = [...values.map((value) => (typeof value === 'number' ? value : 0)), out] as (number | ArrayBufferView)[];
  const { aoti_torch_delete_tensor_object: free } = library().functions;
  return () => {
    for (let i = 0; i < places.length; i++) {
      const place = places[i];
      if (place) raw[i] = place.seen ? viewed(place.slot, place.seen) : slots[place.slot]!;
    }
    const code = call(...raw);
    for (let i = 0; i < places.length; i++) if (places[i]?.seen) free(raw[i] as number);
    if (code !== 0) succeed(code, name);
    slots[result!] = pointerIn(out);
  };
}

/** The call of an instruction, which puts what it gives into slots. */
export const actionOf = (instruction: Instruction, placed: Placing, results: readonly number[]): Action =>
  instruction.kind === 'operator'
    ? operatorAction(instruction, placed, results)
    : shimAction(instruction, placed, results);
