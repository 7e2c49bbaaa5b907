import { type KernelFunc, type Tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import { attributes, kernel } from './call.js';

interface Attributes {
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly pad: readonly (readonly [number, number])[] | number | string;
  readonly inputShape?: readonly number[];
}

const moved = <T>([batch, channels, height, width]: readonly T[]): T[] => [batch!, height!, width!, channels!];

/**
 * A convolution of pictures with the channels first, for a backend that does not know it, as one with the channels last: `x`
 * and the `dy` of its gradients are turned before, and the result turned back unless it is a filter.
 */
export const channelsLast =
  (name: string, own: KernelFunc): KernelFunc =>
  (call) => {
    const given = attributes<Attributes>(call);
    if (given.dataFormat !== 'NCHW') return own(call);
    const { pad, inputShape } = given;
    const { filter, ...pictures } = call.inputs as Record<string, Tensor>;
    const how = {
      ...given,
      dataFormat: 'NHWC',
      pad: Array.isArray(pad) ? moved(pad) : pad,
      ...(inputShape && { inputShape: moved(inputShape) }),
    };
    return tidy(() => {
      const turned = Object.entries(pictures).map(([key, x]) => [key, transpose(x, [0, 2, 3, 1])] as const);
      const inputs = { ...Object.fromEntries(turned), ...(filter && { filter }) };
      const result = kernel(name, inputs, how);
      return filter ? transpose(result, [0, 3, 1, 2]) : result;
    });
  };
