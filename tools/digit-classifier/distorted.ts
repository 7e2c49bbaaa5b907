import type { Dataset, Random } from '@gan/core';
import { tensor } from '@tensorflow/tfjs-core';

type DigitPorts = { readonly sample: readonly [28, 28, 1]; readonly classes: 10 };

const side = 28;

/** The furthest that a picture is changed: each is uniform between minus and plus this. */
const most = { degrees: 12, shear: 0.15, stretch: 0.1, shift: 2 };

/** Where a place (x, y) of the new picture lies in the old one, both from the centre, in pixels. */
function randomMap(random: Random): (x: number, y: number) => readonly [number, number] {
  const within = (limit: number) => limit * (2 * random.next() - 1);
  const angle = (within(most.degrees) * Math.PI) / 180;
  const [cos, sin, shear] = [Math.cos(angle), Math.sin(angle), within(most.shear)];
  const [stretchX, stretchY] = [1 + within(most.stretch), 1 + within(most.stretch)];
  const [shiftX, shiftY] = [within(most.shift), within(most.shift)];
  return (x, y) => {
    const [u, v] = [(x + shear * y) / stretchX, y / stretchY];
    return [cos * u - sin * v + shiftX, sin * u + cos * v + shiftY];
  };
}

/** The picture under the map, bilinear, -1 outside; written to `to`. */
function draw(from: Float32Array, to: Float32Array, map: ReturnType<typeof randomMap>): void {
  const inkAt = (x: number, y: number) => (x < 0 || y < 0 || x >= side || y >= side ? 0 : from[y * side + x]! + 1);
  const centre = (side - 1) / 2;
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [oldX, oldY] = map(x - centre, y - centre);
      const [left, top] = [Math.floor(oldX + centre), Math.floor(oldY + centre)];
      const [right, down] = [oldX + centre - left, oldY + centre - top];
      const upper = inkAt(left, top) * (1 - right) + inkAt(left + 1, top) * right;
      const lower = inkAt(left, top + 1) * (1 - right) + inkAt(left + 1, top + 1) * right;
      to[y * side + x] = upper * (1 - down) + lower * down - 1;
    }
}

/** Digits, each a little rotated, sheared, stretched and shifted, anew every time, out of the batch's own stream. */
export const distorted = (data: Dataset<DigitPorts>): Dataset<DigitPorts> => ({
  ...data,
  batch: async (which) => {
    const { sample, classes } = await data.batch(which);
    const old = (await sample.data()) as Float32Array;
    sample.dispose();
    const values = new Float32Array(old.length);
    for (let i = 0; i < which.size; i++) {
      const [from, to] = [i * side * side, (i + 1) * side * side];
      draw(old.subarray(from, to), values.subarray(from, to), randomMap(which.random.stream('distort', i)));
    }
    return { sample: tensor(values, [which.size, side, side, 1]), classes };
  },
});
