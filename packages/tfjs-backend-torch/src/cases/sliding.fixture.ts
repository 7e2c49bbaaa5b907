import type { Draw } from '../differential.fixture.js';

type Pad = 'same' | 'valid' | number | [[0, 0], [number, number], [number, number], [0, 0]];

/** A window that slides over images and fits: sizes odd and even, strides, every kind of padding, either layout. */
export function sliding(draw: Draw) {
  const [[batch = 0], channels] = [draw.sizes(1, 3), draw.whole(1, 3)];
  // Now and then one dimension alone, as in conv1d.
  const flat = draw.whole(0, 7) === 0;
  const [height, width] = [flat ? 1 : draw.whole(4, 9), draw.whole(4, 9)];
  const filter = [flat ? 1 : draw.whole(1, 4), draw.whole(1, 4)] as [number, number];
  const strides = draw.pick([1, 2, 3, [1, 2], [2, 1]] as const);
  const some = () => draw.whole(0, 2);
  const uneven: Pad = [
    [0, 0],
    [some(), some()],
    [some(), some()],
    [0, 0],
  ];
  const both: [number, number] = [1, 1];
  // Of a single number, TensorFlow.js works out the width of the result with the height and the vertical stride.
  const one: Pad = draw.reference ? [[0, 0], both, both, [0, 0]] : 1;
  const pad = draw.pick<Pad>(['same', 'valid', one, 'same', uneven]);
  const dimRoundingMode = typeof pad === 'string' ? undefined : draw.pick(['floor', 'round', 'ceil'] as const);
  return {
    shape: [batch, height, width, channels],
    filter,
    channels,
    attributes: { strides, pad, ...(dimRoundingMode && { dimRoundingMode }) },
  };
}
