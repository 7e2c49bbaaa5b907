import { library } from '../native/library.js';
import { pointerIn } from '../native/pointer.js';
import { succeed } from '../native/status.js';
import type { View } from './trace.js';

/** Where a tensor is found while a program runs. */
export interface Place {
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
export let slots: number[] = [];

/** Runs `body` on slots of its own. */
export function inSlots<T>(own: number[], body: () => T): T {
  const outer = slots;
  slots = own;
  try {
    return body();
  } finally {
    slots = outer;
  }
}

/** Frees what is in a slot, if there is anything. */
export const release = (slot: number): void => {
  const pointer = slots[slot]!;
  if (pointer === 0) return;
  slots[slot] = 0;
  library().functions.aoti_torch_delete_tensor_object(pointer);
};

/** A view of a slot, to be freed by whoever gets it. */
export const viewed = (slot: number, { rank, sizes, strides, offset }: Seen): number => {
  const code = library().functions.aoti_torch__reinterpret_tensor(slots[slot]!, rank, sizes, strides, offset, out);
  if (code !== 0) succeed(code, 'aoti_torch__reinterpret_tensor');
  return pointerIn(out);
};

/** A tensor of its own for a callee that frees what it is given. */
export const owned = ({ slot, seen, last }: Place): number => {
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

/** A view as it is passed. */
export const seenAs = ({ sizes, strides, offset }: View): Seen => ({
  rank: sizes.length,
  sizes: BigInt64Array.from(sizes.length === 0 ? [0] : sizes, BigInt),
  strides: BigInt64Array.from(strides.length === 0 ? [0] : strides, BigInt),
  offset,
});
