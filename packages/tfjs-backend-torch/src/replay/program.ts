import { Handle } from '../native/handle.js';
import { type Action, actionOf, type Placing } from './actions.js';
import { inSlots, owned, type Place, release, seenAs } from './slots.js';
import { type Instruction, isValue, type Source, type Trace, type Value } from './trace.js';

/** Which slot each tensor of a trace has: inputs first, then results, then constants. */
function slotsOf({ inputs, instructions }: Trace) {
  let count = inputs.length;
  const results = new Map<Instruction, readonly number[]>();
  for (const instruction of instructions)
    results.set(
      instruction,
      Array.from({ length: instruction.results }, () => count++),
    );
  const constants = new Map<Source, number>();
  const handles: [slot: number, handle: Handle][] = [];
  return {
    results,
    /** Of the constants that were asked for. */
    constants: handles,
    of: (source: Source): number => {
      if (source.kind === 'input') return source.index;
      if (source.kind === 'made') return results.get(source.by)![source.position]!;
      const known = constants.get(source);
      if (known !== undefined) return known;
      constants.set(source, count);
      handles.push([count, source.handle]);
      return count++;
    },
  };
}

/**
 * A trace as calls with nothing between them: every argument that is the same each time has been written down as bits, a
 * tensor is freed after the last call that looks at it, and handed over where the callee would free a copy.
 *
 * @returns What runs it: from tensors that lie as the trace says, which stay the caller's, to new ones.
 */
export function compiled(trace: Trace): (given: readonly Handle[]) => Handle[] {
  const slots = slotsOf(trace);
  /** Slots that are looked at later than what is being compiled, which goes from the end to the start. */
  const later = new Set<number>();
  /** Slots of which the last look was found since this was emptied. */
  let over: number[] = [];
  const look = ({ source, view }: Value, takes: boolean): Place => {
    const slot = slots.of(source);
    const last = source.kind === 'made' && !later.has(slot);
    later.add(slot);
    if (last) over.push(slot);
    return { slot, seen: view && seenAs(view), last: takes && last && !view };
  };
  const placing = (takes: boolean): Placing => {
    const placed: Placing = (passed) =>
      Array.isArray(passed)
        ? [...passed].reverse().map(placed).reverse()
        : isValue(passed)
          ? look(passed, takes)
          : passed;
    return placed;
  };
  const outputs = placing(true)(trace.outputs) as readonly Place[];
  const actions = [...trace.instructions]
    .reverse()
    .map((instruction): Action => {
      const results = slots.results.get(instruction)!;
      over = results.filter((slot) => !later.has(slot));
      // An operator frees what it is given; a function that borrows leaves it to us.
      const action = actionOf(instruction, placing(instruction.kind === 'operator'), results);
      const freed = over;
      if (freed.length === 0) return action;
      return () => {
        action();
        for (let i = 0; i < freed.length; i++) release(freed[i]!);
      };
    })
    .reverse();
  const made = [...slots.results.values()].flat();
  const size = trace.inputs.length + made.length + slots.constants.length;
  return (handles) => {
    const own = new Array<number>(size).fill(0);
    for (let i = 0; i < handles.length; i++) own[i] = handles[i]!.pointer;
    for (const [slot, handle] of slots.constants) own[slot] = handle.pointer;
    return inSlots(own, () => {
      try {
        for (let i = 0; i < actions.length; i++) actions[i]!();
        return outputs.map((place) => new Handle(owned(place)));
      } finally {
        for (const slot of made) release(slot);
      }
    });
  };
}
