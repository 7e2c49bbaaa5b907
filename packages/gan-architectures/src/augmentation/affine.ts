import {
  broadcastTo,
  cos,
  matMul,
  mul,
  neg,
  reshape,
  round,
  scalar,
  sin,
  stack,
  type Tensor,
} from '@tensorflow/tfjs-core';

/**
 * Maps of the plane, one for each picture, as matrices `[batch, 3, 3]` on columns (x, y, 1): x to the right and y downwards
 * from the middle of the picture, in pixels.
 */
export type Affine = Tensor;

/** Two rows of a matrix; each number is the same for all pictures, or `[batch]`. */
function affine(batch: number, rows: readonly (readonly (number | Tensor)[])[]): Affine {
  const entries = [...rows, [0, 0, 1]]
    .flat()
    .map((entry) => broadcastTo(typeof entry === 'number' ? scalar(entry) : entry, [batch]));
  return reshape(stack(entries, 1), [batch, 3, 3]);
}

/** x and y times factors. */
export const stretching = (batch: number, x: number | Tensor, y: number | Tensor): Affine =>
  affine(batch, [
    [x, 0, 0],
    [0, y, 0],
  ]);

/** x and y and a way to go. */
export const moving = (batch: number, x: Tensor, y: Tensor): Affine =>
  affine(batch, [
    [1, 0, x],
    [0, 1, y],
  ]);

/** A turn from x towards y by an angle in radians, `[batch]`. */
export const turning = (batch: number, angle: Tensor): Affine => turn(batch, cos(angle), sin(angle));

/** A turn from x towards y by so many right angles, `[batch]`. */
export const quarterTurning = (batch: number, quarters: Tensor): Affine => {
  const angle = mul(quarters, Math.PI / 2);
  return turn(batch, round(cos(angle)), round(sin(angle)));
};

const turn = (batch: number, cosine: Tensor, sine: Tensor): Affine =>
  affine(batch, [
    [cosine, neg(sine), 0],
    [sine, cosine, 0],
  ]);

/** Maps one after another, the last of them first. */
export const product = (maps: readonly Affine[]): Affine => maps.reduce((all, map) => matMul(all, map));
