import { type Shape, shown } from '@gan/core';

/**
 * @param sides Those that it may have; any unless said.
 * @throws TypeError unless `sample` is the shape of a square picture, `[side, side, channels]`, of one of those sides.
 */
export function assertPicture(
  sample: Shape,
  sides?: readonly number[],
): asserts sample is readonly [number, number, number] {
  const [height, width, channels] = Array.isArray(sample) ? (sample as Shape) : [];
  const whole = [height, width, channels].every((size) => Number.isSafeInteger(size) && (size as number) > 0);
  if (!whole || sample.length !== 3 || height !== width)
    throw new TypeError(`sample must be a square picture, [side, side, channels], but is ${shown(sample)}`);
  if (sides && !sides.includes(height!))
    throw new TypeError(`the side of a picture must be one of ${sides.join(', ')}, but is ${shown(height)}`);
}
