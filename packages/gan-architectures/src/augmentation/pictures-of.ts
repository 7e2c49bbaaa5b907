import type { Network, Tensors } from '@gan/core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';

/**
 * The inputs of a judge that are pictures.
 *
 * @throws TypeError if there is none; `who` wants one.
 */
export function picturesOf(who: string, { inputs }: Network): readonly string[] {
  const found = Object.keys(inputs).filter((name) => {
    const port = inputs[name];
    return typeof port === 'object' && port.length === 3;
  });
  if (found.length === 0)
    throw new TypeError(
      `${who} is for judges of pictures, [height, width, channels], but this one takes ${JSON.stringify(inputs)}`,
    );
  return found;
}

/**
 * Inputs with their pictures changed.
 *
 * @throws TypeError if a change changes the shape.
 */
export const changedPictures = (
  inputs: Tensors,
  names: readonly string[],
  by: (pictures: Tensor4D) => Tensor,
): Tensors => ({
  ...inputs,
  ...Object.fromEntries(
    names.map((name) => {
      const changed = by(inputs[name] as Tensor4D);
      const [before, after] = [inputs[name]!, changed].map(({ shape }) => shape.join('x'));
      if (before !== after) throw new TypeError(`augment must keep the shape ${before}, but gives ${after}`);
      return [name, changed];
    }),
  ),
});
