import { untaped } from '@gan/core';
import {
  add,
  cos,
  matMul,
  mean,
  mul,
  reshape,
  sin,
  stack,
  sub,
  type Tensor,
  type Tensor4D,
  tensor2d,
  unstack,
} from '@tensorflow/tfjs-core';
import { type Chance, logNormal, sometimes, sometimesAmong, sometimesTurned } from './chance.js';

/**
 * Colour transformations: with the probability of the chance each, a picture becomes brighter by b, normal with deviation
 * 0.2; is scaled by c, whose logarithm to the base 2 is normal with deviation 0.5; has its lightness turned over, half of
 * the time, f = -1 or 1; its colours turned around the grey axis by any angle t; and their distance from it scaled by s,
 * whose logarithm to the base 2 is normal with deviation 1. All of it keeps grey grey, and comes to
 *
 *     c f (m + b) + c s R(t) (x - m),    m the mean over the channels
 *
 * with R the rotation around the grey axis. Pictures of one channel have b, c and f alone.
 *
 * @throws TypeError unless there are 1 or 3 channels.
 * @see Karras et al. (2020), arXiv:2006.06676, appendix B.
 */
export function recolored(pictures: Tensor4D, chance: Chance): Tensor4D {
  const [batch, height, width, channels] = pictures.shape;
  if (channels !== 1 && channels !== 3)
    throw new TypeError(`colours are transformed of pictures of 1 or 3 channels, but these have ${channels}`);
  const drawn = untaped(() => factors(chance));
  const [grey, offset, along, across] = unstack(drawn).map((one) => reshape(one, [batch, 1, 1, 1])) as Tensor[];
  const middle = mean(pictures, 3, true);
  const lightness: Tensor4D = add(mul(middle, grey!), offset!);
  if (channels === 1) return lightness;
  const color = sub(pictures, middle);
  const turned = reshape(matMul(reshape(color, [-1, 3]), quarterTurn()), [batch, height, width, 3]);
  return add(lightness, add(mul(color, along!), mul(turned, across!)));
}

/** c f, c f b, c s cos t, and c s sin t, `[4, batch]`. */
function factors(chance: Chance): Tensor {
  const { batch } = chance;
  const brightness = sometimes(chance, 'brightness', (random) => mul(random.normal([batch]), 0.2), 0);
  const contrast = sometimes(chance, 'contrast', (random) => logNormal(random.normal([batch]), 0.5), 1);
  const turnedOver = sometimesAmong(chance, 'lightness', 2);
  const hue = sometimesTurned(chance, 'hue');
  const saturation = sometimes(chance, 'saturation', (random) => logNormal(random.normal([batch]), 1), 1);
  const grey = mul(contrast, sub(1, mul(turnedOver, 2)));
  const colorful = mul(contrast, saturation);
  return stack([grey, mul(grey, brightness), mul(colorful, cos(hue)), mul(colorful, sin(hue))]);
}

/** `[3, 3]`, to be multiplied from the right: a colour turned by a right angle around (1, 1, 1), of what is across to it. */
const quarterTurn = (): Tensor => {
  const a = 1 / Math.sqrt(3);
  return tensor2d([
    [0, a, -a],
    [-a, 0, a],
    [a, -a, 0],
  ]);
};
