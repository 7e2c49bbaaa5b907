import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain, flat, type ModelInputs } from '../chain.js';
import { equalizedDense } from '../layers/equalized-dense.js';
import { fading } from '../layers/fading.js';
import { minibatchStandardDeviation } from '../layers/minibatch-standard-deviation.js';
import { growingConv2d, growingDown, growingLeak } from './growing-layers.js';
import type { Growth } from './growth.js';

/**
 * The judge of progressive growing, which StyleGAN shares but for the second half of its blocks:
 *
 *     picture -> 1 x 1 -> blocks that halve the sides -> 4 x 4 -> minibatch standard deviation -> conv -> dense -> score
 *
 * While a side fades in, what its block gives goes over from what a convolution of 1 x 1 sees in the picture at half the
 * side. With classes there is a score for each, of which the label picks its own.
 *
 * @param group How many samples are compared with each other.
 * @param halved The second half of a block: from a map to half the side, with so many channels.
 * @returns The score `[batch, 1]`, and the features that it stands on.
 */
export function growingJudge(
  { main, label }: ModelInputs,
  { sides, filtersAt, fade }: Growth,
  group: number,
  halved: (filters: number, name: string) => readonly layers.Layer[],
): [score: SymbolicTensor, features: SymbolicTensor] {
  const seen = (picture: SymbolicTensor, side: number): SymbolicTensor =>
    chain(picture, growingConv2d(filtersAt(side), 1, `map${side}.picture`), growingLeak());
  const down = (map: SymbolicTensor, side: number): SymbolicTensor =>
    chain(
      map,
      growingConv2d(filtersAt(side), 3, `map${side}.first`),
      growingLeak(),
      ...halved(filtersAt(side / 2), `map${side}.second`),
    );
  const [finest = 4, ...coarser] = [...sides].reverse();
  const coarse = coarser.reduce<SymbolicTensor>(
    (map, half) => {
      const coming = down(map, 2 * half);
      if (fade === 0 || 2 * half < finest) return coming;
      return chain([coming, seen(chain(main, growingDown()), half)], fading({ name: `map${finest}.fade` }));
    },
    seen(main, finest),
  );
  const features = chain(
    flat(
      chain(coarse, minibatchStandardDeviation({ group }), growingConv2d(filtersAt(4), 3, 'compared'), growingLeak()),
    ),
    equalizedDense({ units: filtersAt(2), gain: Math.SQRT2, name: 'features' }),
    growingLeak(),
  );
  const scores = chain(features, equalizedDense({ units: label?.shape[1] ?? 1, name: 'score' }));
  return [label ? chain([scores, label], layers.dot({ axes: 1 })) : scores, features];
}
