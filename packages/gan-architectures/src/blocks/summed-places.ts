import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain } from '../chain.js';
import { scaling } from '../layers/scaling.js';

/** The features of a map for a judge: what is above 0, summed over all places. */
export function summedPlaces(x: SymbolicTensor): SymbolicTensor {
  const [, height, width] = x.shape;
  const places = height! * width!;
  return chain(x, layers.reLU(), layers.globalAveragePooling2d({}), scaling({ factor: places, name: 'sum' }));
}
