import { clone, keep, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Tensors, Weights } from './network.js';

/** What is used of a tfjs-layers `LayerVariable`: `read()` returns `val` (protected in its types), `write` assigns to it. */
interface Slot {
  val: Tensor;
  write?: (value: Tensor) => unknown;
  /** `<layer>/<weight>`, before a number made it unique in the process. */
  readonly originalName: string;
}
type Slots = Readonly<Record<string, Slot>>;

/** The variables of a model, in its order. */
export interface Frame {
  readonly model: LayersModel;
  readonly parameters: Slots;
  readonly state: Slots;
}

/** What tfjs-layers calls a layer that has no name of its own, `conv2d_Conv2D7`: the number counts all models before. */
const unnamed = /_[A-Z]\w*?\d+$/;

/** Whether a layer's name is one that tfjs-layers gave it. */
export const isUnnamed = (name: string): boolean => unnamed.test(name);

/**
 * Names are `<layer>/<weight>` where the layer was given a name that no other has, and else `<position>/<weight>`: the same
 * in every run.
 */
export function frameOf(model: LayersModel): Frame {
  const trainable = new Set(model.trainableWeights as unknown as Slot[]);
  const parameters: Record<string, Slot> = {};
  const state: Record<string, Slot> = {};
  const taken = new Set<string>();
  [...new Set(model.weights as unknown as Slot[])].forEach((slot, position) => {
    const path = slot.originalName.split('/');
    const layer = path.at(-2);
    const weight = path.at(-1)!;
    const named = layer !== undefined && !unnamed.test(layer) && !taken.has(`${layer}/${weight}`);
    const name = `${named ? layer : position}/${weight}`;
    taken.add(name);
    (trainable.has(slot) ? parameters : state)[name] = slot;
  });
  return { model, parameters, state };
}

const copied = (slots: Slots): Tensors =>
  Object.fromEntries(Object.entries(slots).map(([name, slot]) => [name, keep(clone(slot.val))]));

/** The values in a frame, sharing their memory. */
export const weightsOf = ({ parameters, state }: Frame): Weights => ({
  parameters: copied(parameters),
  state: copied(state),
});

/** Leaves the slots empty: nothing stays allocated but what `weightsOf` gave, and a call without lending fails loudly. */
export function emptied({ parameters, state }: Frame): void {
  for (const slot of [...Object.values(parameters), ...Object.values(state)]) slot.val.dispose();
}

/** Whether a frame's slots have been left empty before. */
export const isEmptied = ({ parameters, state }: Frame): boolean =>
  [...Object.values(parameters), ...Object.values(state)].some(({ val }) => val.isDisposed);

/**
 * Fills a frame's slots while `body` runs. What a layer writes replaces a slot's content, never the tensor that was
 * lent; `body` is told how to collect the state that has come of it, in the scope open at that moment.
 */
export function lent<R>(frame: Frame, weights: Weights, body: (written: () => Tensors) => R): R {
  const slots = { ...frame.parameters, ...frame.state };
  const given: Tensors = { ...weights.parameters, ...weights.state };
  const entries = Object.entries(slots);
  for (const [name] of entries)
    if (!given[name]) throw new TypeError(`the weights have no '${name}', which the model reads`);
  const before = entries.map(([, slot]) => slot.val);
  const fresh = new Set<Tensor>();
  for (const [name, slot] of entries) {
    slot.val = given[name]!;
    slot.write = (value) => {
      if (fresh.delete(slot.val)) slot.val.dispose();
      slot.val = keep(clone(value));
      fresh.add(slot.val);
      return slot;
    };
  }
  const written = () =>
    Object.fromEntries(Object.entries(frame.state).map(([name, { val }]) => [name, fresh.has(val) ? clone(val) : val]));
  try {
    return body(written);
  } finally {
    for (const tensor of fresh) tensor.dispose();
    entries.forEach(([, slot], position) => {
      slot.val = before[position]!;
      delete slot.write;
    });
  }
}
