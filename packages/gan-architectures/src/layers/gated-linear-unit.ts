import { defineLayer } from './define-layer.js';
import { gated } from './gated.js';

/**
 * A gated linear unit: half of the channels say how much of the others is let through,
 *
 *     y = a * sigmoid(b)        x being a and b side by side, in this order
 *
 * @returns A layer from `[batch, ..., 2 channels]` to `[batch, ..., channels]`.
 * @throws TypeError, when a model is made with it, if the channels have no halves.
 * @see Dauphin et al. (2017), arXiv:1612.08083, equation 1.
 */
export const gatedLinearUnit = defineLayer<{}>({
  name: 'GatedLinearUnit',
  options: {},
  shape: ([shape]) => {
    const channels = shape!.at(-1);
    if (channels == null || channels % 2 !== 0)
      throw new TypeError(`gatedLinearUnit wants an even number of channels, but there are ${channels}`);
    return [...shape!.slice(0, -1), channels / 2];
  },
  call: ({ inputs: [x] }) => gated(x!),
});
