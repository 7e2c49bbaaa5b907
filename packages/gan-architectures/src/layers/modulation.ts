import { add, mul, reshape, type Tensor } from '@tensorflow/tfjs-core';
import { defineLayer } from './define-layer.js';

/**
 * Scales and shifts a map by what a condition says, the last step of conditional batch norm, AdaIN, FiLM and SPADE, which
 * differ in the norm before it and in where scale and shift come from:
 *
 *     y = x (1 + scale) + shift
 *
 * Scale and shift are `[batch, channels]`, for all places of the map, or maps of its own size.
 *
 * @returns A layer from `[x, scale, shift]` to the shape of x `[batch, ..., channels]`.
 * @see Perez et al. (2018), arXiv:1709.07871 (FiLM); Dumoulin et al. (2017), arXiv:1610.07629; Huang, Belongie (2017),
 *   arXiv:1703.06868 (AdaIN); Park et al. (2019), arXiv:1903.07291 (SPADE).
 */
export const modulation = defineLayer({
  name: 'Modulation',
  options: {},
  shape: ([x, scale, shift]) => {
    for (const [name, shape] of Object.entries({ scale, shift })) {
      const fits = shape?.at(-1) === x!.at(-1) && (shape?.length === 2 || shape?.length === x!.length);
      if (!fits)
        throw new TypeError(`${name} must be [batch, ${x!.at(-1)}] or a map like x, [${x}], but is [${shape}]`);
    }
    return x!;
  },
  call: ({ inputs: [x, scale, shift] }) => {
    const places = (of: Tensor): Tensor =>
      of.rank === x!.rank ? of : reshape(of, [-1, ...x!.shape.slice(1, -1).map(() => 1), of.shape.at(-1)!]);
    return add(mul(x!, add(places(scale!), 1)), places(shift!));
  },
});
