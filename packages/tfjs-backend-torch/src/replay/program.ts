import { type Encoder, encoderOf } from '../native/encode.js';
import { Handle } from '../native/handle.js';
import { library } from '../native/library.js';
import { pointerIn } from '../native/pointer.js';
import type { Parameter } from '../native/schema.js';
import { succeed } from '../native/status.js';
import {
  type Argument,
  type Instruction,
  isValue,
  type Source,
  type Trace,
  type Value,
  type View,
  valuesAmong,
} from './trace.js';

/** Where a tensor is found while a program runs. */
interface Place {
  readonly slot: number;
  readonly seen: Seen | undefined;
  /** Nobody looks at the slot after, so that what is in it can be given away. */
  readonly last: boolean;
}

/** A view, as the C interface takes it. */
interface Seen {
  readonly rank: number;
  readonly sizes: BigInt64Array;
  readonly strides: BigInt64Array;
  readonly offset: number;
}

const out = new Uint32Array(2);

/** What the program that runs has in its slots: addresses of tensors, 0 where there is none. */
let slots: number[] = [];

/** A view of a slot, to be freed by whoever gets it. */
const viewed = (slot: number, { rank, sizes, strides, offset }: Seen): number => {
  const code = library().functions.aoti_torch__reinterpret_tensor(slots[slot]!, rank, sizes, strides, offset, out);
  if (code !== 0) succeed(code, 'aoti_torch__reinterpret_tensor');
  return pointerIn(out);
};

/** A tensor of its own for a callee that frees what it is given. */
const owned = ({ slot, seen, last }: Place): number => {
  if (seen) return viewed(slot, seen);
  const pointer = slots[slot]!;
  if (last) {
    slots[slot] = 0;
    return pointer;
  }
  const code = library().functions.aoti_torch_new_tensor_handle(pointer, out);
  if (code !== 0) succeed(code, 'aoti_torch_new_tensor_handle');
  return pointerIn(out);
};

const tensor: Encoder = { fits: () => true, slot: (place: Place) => owned(place) };

/** Whether the bits of an argument are the same at each call, and nobody frees them. */
const isPlain = ({ element, list }: Parameter, passed: Argument): boolean =>
  passed === null || (!list && !isValue(passed) && element !== 'str');

const isOptional = ({ optional, optionalElement, list }: Parameter): boolean => !list && (optional || optionalElement);

type Action = () => void;

/** Makes places of values: which slot, and whether it is looked at for the last time. */
type Placing = (passed: Argument) => Argument;

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
  // Arguments are placed from the last to the first: of two looks at one slot, the first gives it away.
  for (let at = takes.length - 1; at >= 0; at--) {
    const parameter = takes[at]!;
    const value = instruction.values[at];
    const encoder = encoderOf(parameter, tensor);
    if (isPlain(parameter, value) && !(isOptional(parameter) && value !== null))
      slotted[at] = BigInt(encoder.slot(value as never));
    else moving.unshift({ at, encoder, value: placed(value) as never });
  }
  const name = `${operator}.${overload}`;
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

const seenAs = ({ sizes, strides, offset }: View): Seen => ({
  rank: sizes.length,
  sizes: BigInt64Array.from(sizes.length === 0 ? [0] : sizes, BigInt),
  strides: BigInt64Array.from(strides.length === 0 ? [0] : strides, BigInt),
  offset,
});

/**
 * A trace as calls with nothing between them: every argument that is the same each time has been written down as bits, a
 * tensor is freed after the last call that looks at it, and handed over where the callee would free a copy.
 *
 * @returns What runs it: from tensors that lie as the trace says, which stay the caller's, to new ones.
 */
export function compiled({ inputs, instructions, outputs }: Trace): (given: readonly Handle[]) => Handle[] {
  const places = new Map<Source, number>();
  const constants: [slot: number, handle: Handle][] = [];
  let count = inputs.length;
  const lent = new Set<number>(inputs.keys());
  const makers = new Map<Instruction, number[]>();
  for (const instruction of instructions)
    makers.set(
      instruction,
      Array.from({ length: instruction.results }, () => count++),
    );
  const slotOf = (source: Source): number => {
    if (source.kind === 'input') return source.index;
    if (source.kind === 'made') return makers.get(source.by)![source.position]!;
    const known = places.get(source);
    if (known !== undefined) return known;
    places.set(source, count);
    constants.push([count, source.handle]);
    lent.add(count);
    return count++;
  };
  /** Slots that are looked at later than what is being compiled, which goes from the end to the start. */
  const later = new Set<number>();
  const look = ({ source, view }: Value, mayTake: boolean): Place => {
    const slot = slotOf(source);
    const first = !later.has(slot) && !lent.has(slot);
    later.add(slot);
    return { slot, seen: view && seenAs(view), last: mayTake && first && !view };
  };
  const given = [...outputs]
    .reverse()
    .map((value) => look(value, true))
    .reverse();
  const actions: Action[] = [];
  for (const instruction of [...instructions].reverse()) {
    const results = makers.get(instruction)!;
    const before = new Set(later);
    const takes = instruction.kind === 'operator';
    const placed: Placing = (passed) =>
      Array.isArray(passed)
        ? [...passed].reverse().map(placed).reverse()
        : isValue(passed)
          ? look(passed, takes)
          : passed;
    const action = takes ? operatorAction(instruction, placed, results) : shimAction(instruction, placed, results);
    /** What nobody looks at after this call, and it did not take. */
    const over = new Set<number>();
    for (const value of instruction.values.flatMap(valuesAmong)) {
      const slot = slotOf(value.source);
      if (!before.has(slot) && !lent.has(slot)) over.add(slot);
      later.add(slot);
    }
    for (const slot of results) if (!before.has(slot)) over.add(slot);
    const freed = [...over];
    actions.push(
      freed.length === 0
        ? action
        : () => {
            action();
            for (let i = 0; i < freed.length; i++) release(freed[i]!);
          },
    );
  }
  actions.reverse();
  const size = count;
  return (handles) => {
    const outer = slots;
    const own = new Array<number>(size).fill(0);
    slots = own;
    try {
      for (let i = 0; i < handles.length; i++) own[i] = handles[i]!.pointer;
      for (const [slot, handle] of constants) own[slot] = handle.pointer;
      for (let i = 0; i < actions.length; i++) actions[i]!();
      return given.map((place) => new Handle(owned(place)));
    } finally {
      for (let slot = 0; slot < size; slot++) if (!lent.has(slot)) release(slot);
      slots = outer;
    }
  };
}

const release = (slot: number): void => {
  const pointer = slots[slot]!;
  if (pointer === 0) return;
  slots[slot] = 0;
  library().functions.aoti_torch_delete_tensor_object(pointer);
};
