import { type backend_util, type KernelFunc, pad, slice, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { attributes, type Call, kernel } from '../kernels/call.js';

type Pads = number | 'same' | 'valid' | backend_util.ExplicitPadding;

/** Zeros around pictures with the channels last, axis by axis; undefined where there are none to be spelled out. */
export function padsOf(call: Pick<Call, 'attrs'>): backend_util.ExplicitPadding | undefined {
  const given = attributes<{ pad?: Pads } | undefined>(call)?.pad;
  if (Array.isArray(given)) return given;
  if (typeof given !== 'number' || given === 0) return undefined;
  return [
    [0, 0],
    [given, given],
    [given, given],
    [0, 0],
  ];
}

/** A convolution that takes its zeros axis by axis, as one that takes a number for all. */
export const spelledOut =
  (own: KernelFunc): KernelFunc =>
  (call) => {
    const pads = padsOf(call);
    return own(pads === undefined ? call : { ...call, attrs: { ...call.attrs, pad: pads as never } });
  };

/**
 * A gradient of a convolution that knows no zeros around pictures, as one that does: towards the filter (`x`, `dy`) they are put
 * around the pictures before, towards the input (`dy`, `filter`) cut off the result.
 */
export const padded =
  (name: string, own: KernelFunc): KernelFunc =>
  (call) => {
    const pads = padsOf(call);
    if (pads === undefined) return own(call);
    const { x, ...rest } = call.inputs as Record<string, Tensor>;
    const { inputShape, ...how } = attributes<{ readonly inputShape?: readonly number[] }>(call);
    const run = (inputs: Record<string, Tensor>, more = {}) => kernel(name, inputs, { ...how, ...more, pad: 'valid' });
    return tidy(() => {
      if (x) return run({ ...rest, x: pad(x, pads) });
      const whole = inputShape!.map((size, axis) => size + pads[axis]![0] + pads[axis]![1]);
      const starts = pads.map(([before]) => before);
      return slice(run(rest, { inputShape: whole }), starts, [...inputShape!]);
    });
  };
