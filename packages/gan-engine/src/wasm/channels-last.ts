import { engine, type KernelFunc, type Tensor, tidy, transpose } from '@tensorflow/tfjs-core';

interface Attributes {
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly pad: readonly (readonly [number, number])[] | number | string;
  readonly inputShape?: readonly number[];
}

const moved = <T>([batch, channels, height, width]: readonly T[]): T[] => [batch!, height!, width!, channels!];

/**
 * A convolution of pictures with the channels first, which the WebAssembly backend does not know, as one with the
 * channels last: `x`, or the `dy` of its gradient, turned before and the result turned back.
 */
export const channelsLast =
  (name: string, own: KernelFunc): KernelFunc =>
  (call) => {
    const attributes = call.attrs as unknown as Attributes;
    if (attributes.dataFormat !== 'NCHW') return own(call);
    const { pad, inputShape } = attributes;
    const { filter, ...pictures } = call.inputs as Record<string, Tensor>;
    const how = {
      ...attributes,
      dataFormat: 'NHWC',
      pad: Array.isArray(pad) ? moved(pad) : pad,
      ...(inputShape && { inputShape: moved(inputShape) }),
    };
    return tidy(() => {
      const turned = Object.entries(pictures).map(([key, x]) => [key, transpose(x, [0, 2, 3, 1])] as const);
      const inputs = { ...Object.fromEntries(turned), filter: filter! };
      return transpose(engine().runKernel(name, inputs, how as never) as Tensor, [0, 3, 1, 2]);
    });
  };
