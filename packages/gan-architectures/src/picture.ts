import { type Shape, shown } from '@gan/core';

/** @throws TypeError unless `sample` is the shape of a square picture, `[side, side, channels]`. */
export function assertPicture(sample: Shape): asserts sample is readonly [number, number, number] {
  const [height, width, channels] = Array.isArray(sample) ? (sample as Shape) : [];
  const whole = [height, width, channels].every((size) => Number.isSafeInteger(size) && (size as number) > 0);
  if (whole && sample.length === 3 && height === width) return;
  throw new TypeError(`sample must be a square picture, [side, side, channels], but is ${shown(sample)}`);
}
