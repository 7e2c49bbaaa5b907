import { type KernelConfig, util } from '@tensorflow/tfjs-core';
import { kernel, type Operand, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { upload } from '../native/memory.js';

const concatenate = aten('cat');
const stack = aten('stack');
const padded = aten('pad');
const indexSelect = aten('index_select');

type Several = Readonly<Record<string, Operand>>;
type Paddings = readonly (readonly [before: number, after: number])[];

const handles = (operands: Several): Handle[] => Object.values(operands).map(({ handle }) => handle);

/** Positions of a mirrored dimension: `reflect` leaves the edge itself out, `symmetric` repeats it. */
const mirrored = (size: number, [before, after]: Paddings[number], edge: 0 | 1): Int32Array =>
  Int32Array.from({ length: before + size + after }, (_, index) => {
    const at = index - before;
    if (at < 0) return -at - edge;
    return at < size ? at : 2 * (size - 1) - at + edge;
  });

/** Tensors put together, and around. */
export const joining: readonly KernelConfig[] = [
  kernel<Several, { axis: number }>('Concat', (operands, { axis }) => {
    const [first] = Object.values(operands);
    return concatenate(handles(operands), util.parseAxisParam(axis, first!.shape)[0]!);
  }),
  kernel<Several, { axis: number }>('Pack', (operands, { axis }) => {
    const [first, ...others] = Object.values(operands);
    for (const { shape, dtype } of others) {
      util.assertShapesMatch(first!.shape, shape, 'All tensors passed to stack must have matching shapes');
      util.assert(first!.dtype === dtype, () => 'All tensors passed to stack must have matching dtypes');
    }
    return stack(handles(operands), axis);
  }),
  kernel<Operands<'x'>, { paddings: Paddings; constantValue: number }>('PadV2', ({ x }, { paddings, constantValue }) =>
    padded(x.handle, [...paddings].reverse().flat(), 'constant', constantValue),
  ),
  kernel<Operands<'x'>, { paddings: Paddings; mode: 'reflect' | 'symmetric' }>(
    'MirrorPad',
    ({ x }, { paddings, mode }) =>
      paddings.reduce((rest, [before, after], axis) => {
        if (before + after === 0) return rest;
        const positions = mirrored(x.shape[axis]!, [before, after], mode === 'reflect' ? 0 : 1);
        return indexSelect(rest, axis, upload(positions, [positions.length], 'int32'));
      }, x.handle),
  ),
];
