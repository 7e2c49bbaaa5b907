import { formatCode, isFormat, isType, typeCode } from './dtype.js';
import { Handle } from './handle.js';
import { library } from './library.js';
import { pointerIn } from './pointer.js';
import type { Parameter } from './schema.js';
import { succeed } from './status.js';

/** The 64 bits of a stack slot. */
export type Slot = number | bigint;

/** How a value of one type travels: what fits, and its bits. Tensors, lists and boxes are handed over: the callee frees them. */
export interface Encoder {
  readonly fits: (value: unknown) => boolean;
  readonly slot: (value: never) => Slot;
}

const out = new Uint32Array(2);

const real = new Float64Array(1);
const bits = new BigInt64Array(real.buffer);

const plain: Readonly<Record<string, Encoder>> = {
  Tensor: {
    fits: (value) => Handle.is(value) && value.lives,
    slot: (value: Handle) => {
      succeed(library().functions.aoti_torch_new_tensor_handle(value.pointer, out), 'aoti_torch_new_tensor_handle');
      return pointerIn(out);
    },
  },
  int: { fits: (value) => Number.isSafeInteger(value), slot: (value: number) => value },
  bool: { fits: (value) => typeof value === 'boolean', slot: (value: boolean) => (value ? 1 : 0) },
  float: {
    fits: (value) => typeof value === 'number',
    slot: (value: number) => {
      real[0] = value;
      return bits[0]!;
    },
  },
  str: {
    fits: (value) => typeof value === 'string',
    slot: (value: string) => {
      succeed(
        library().functions.torch_new_string_handle(value, Buffer.byteLength(value), out),
        'torch_new_string_handle',
      );
      return pointerIn(out);
    },
  },
  ScalarType: { fits: isType, slot: typeCode },
  MemoryFormat: { fits: isFormat, slot: formatCode },
};

/** Null is 0; a value is the address of a box that holds it. */
const optional = (of: Encoder): Encoder => ({
  fits: (value) => value === null || of.fits(value),
  slot: (value: never) => {
    if (value === null) return 0;
    const inner = of.slot(value);
    const { newBox, poke } = library();
    const box = newBox();
    poke(box, inner);
    return box;
  },
});

/** A list of stated length, or empty where that is the default: libtorch reads as many elements without counting them. */
const list = (of: Encoder, { length, fallback }: Parameter): Encoder => ({
  fits: (value) => {
    if (!Array.isArray(value)) return false;
    const ofStatedLength =
      length === undefined ||
      value.length === length ||
      (value.length === 0 && Array.isArray(fallback) && fallback.length === 0);
    if (!ofStatedLength) return false;
    // Not `every`, which skips holes.
    for (let i = 0; i < value.length; i++) if (!of.fits(value[i])) return false;
    return true;
  },
  slot: (value: never) => {
    const c = library().functions;
    const items: readonly never[] = value;
    succeed(c.torch_new_list_reserve_size(items.length, out), 'torch_new_list_reserve_size');
    const pointer = pointerIn(out);
    for (const item of items) succeed(c.torch_list_push_back(pointer, of.slot(item)), 'torch_list_push_back');
    return pointer;
  },
});

const never: Encoder = { fits: () => false, slot: () => 0 };

/**
 * The encoder of a parameter. A type that is not passed from here (a layout, a device) only takes null.
 *
 * @param tensor What stands for a tensor, where that is no handle.
 */
export function encoderOf(parameter: Parameter, tensor: Encoder = plain['Tensor']!): Encoder {
  const { element, list: isList, optionalElement, optional: optionalList } = parameter;
  const one = element === 'Tensor' ? tensor : (plain[element] ?? never);
  const item = optionalElement ? optional(one) : one;
  if (!isList) return item;
  return optionalList ? optional(list(item, parameter)) : list(item, parameter);
}
