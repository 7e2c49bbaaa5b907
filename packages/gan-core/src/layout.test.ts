import { describe, expect, it } from 'vitest';
import { layout } from './layout.js';

const of = (shape: readonly number[]) => ({
  shape,
  values: Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, i) => i),
});
const laid = (notation: string, shape: readonly number[]) => {
  const result = layout(notation)(of(shape));
  return typeof result === 'string' ? result : [result.shape, Array.from(result.values)];
};

describe('layout', () => {
  it.each([
    // Rows of 0 1 2 and 3 4 5 as columns.
    ['a transposed matrix', 'o i -> i o', [2, 3], [3, 2], [0, 3, 1, 4, 2, 5]],
    // Of [out, in, height, width], number 4 o + 2 i + w goes to [0, w, i, o].
    ['a kernel of a convolution', 'o i h w -> h w i o', [2, 2, 1, 2], [1, 2, 2, 2], [0, 4, 2, 6, 1, 5, 3, 7]],
    // Channels 0 1 and 2 3 of two places each: by place, then by channel.
    ['merged axes in another order', '(c h=2 w=1) -> (h w c)', [4], [4], [0, 2, 1, 3]],
    ['an axis taken apart', 'n (part=2 c) -> part n c', [2, 4], [2, 2, 2], [0, 1, 4, 5, 2, 3, 6, 7]],
    ['axes of size 1', '1 c 1 -> c 1', [1, 3, 1], [3, 1], [0, 1, 2]],
    ['a scalar', '1 ->', [1], [], [0]],
    ['numbers repeated', 'c -> (h=2 c)', [2], [4], [0, 1, 0, 1]],
    ['an empty tensor', 'a b -> b a', [0, 2], [2, 0], []],
  ] as const)('says %s', (_, notation, shape, wanted, values) => {
    expect(laid(notation, shape)).toEqual([wanted, values]);
  });

  it.each([
    ['another rank', 'o i -> i o', [2, 3, 1], "2x3x1 is not 'o i'"],
    ['a size that does not divide', '(c h=4) -> h c', [6], "6 is not '(c h=4)'"],
    ['another size than is said', 'h=3 -> h', [2], "2 is not 'h=3'"],
    ['two sizes that are not known', '(a b) -> a b', [6], "6 is not '(a b)'"],
    ['more than 1 where 1 is said', '1 c -> c', [2, 3], "2x3 is not '1 c'"],
    ['a scalar', 'c -> c', [], "a scalar is not 'c'"],
  ] as const)('tells a tensor of %s', (_, notation, shape, sentence) => {
    expect(laid(notation, shape)).toBe(sentence);
  });

  it.each([
    ['o i', "a layout is 'axes -> axes', but is 'o i'"],
    ['o -> o i', "'i' is on the right of the layout 'o -> o i' alone, without a size"],
    ['o i -> o', "'i' is on the left of the layout 'o i -> o' alone"],
    ['o o -> o', "an axis occurs twice on one side of the layout 'o o -> o'"],
    ['O -> O', "'O' is no axis in the layout 'O -> O'"],
  ])('refuses %s', (notation, sentence) => {
    expect(() => layout(notation)).toThrow(new TypeError(sentence));
  });
});
