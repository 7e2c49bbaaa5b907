import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain } from '../chain.js';

/**
 * Adds to a map of scores, given the row of a class, the product of that row with the features at each place.
 *
 * @param options.scores `[batch, height, width, 1]`
 * @param options.features `[batch, height, width, channels]`
 * @param options.row `[batch, channels]`
 * @returns `[batch, height, width, 1]`
 * @see Schönfeld, Schiele, Khoreva (2020), arXiv:2002.12655, section 3; Miyato, Koyama (2018), arXiv:1802.05637.
 */
export function projectedScores({
  scores,
  features,
  row,
}: {
  readonly scores: SymbolicTensor;
  readonly features: SymbolicTensor;
  readonly row: SymbolicTensor;
}): SymbolicTensor {
  const [height, width, channels] = features.shape.slice(1) as [number, number, number];
  const places = chain(features, layers.reshape({ targetShape: [height * width, channels] }));
  const products = chain(
    [places, row],
    layers.dot({ axes: [2, 1] }),
    layers.reshape({ targetShape: [height, width, 1] }),
  );
  return chain([scores, products], layers.add());
}
