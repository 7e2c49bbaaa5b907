import { layers } from '@tensorflow/tfjs-layers';

/** Hidden layers of a perceptron. */
export interface Hidden {
  /** How wide each is. */
  readonly units: number;
  /** How many there are. */
  readonly count: number;
  readonly activation: () => layers.Layer;
}

/**
 * Dense layers, started so that what goes through them keeps its mean square (He et al. 2015, arXiv:1502.01852). Uniform:
 * TensorFlow.js cuts the tails off a normal initialisation without making up for what they spread.
 */
export const hiddenLayers = ({ units, count, activation }: Hidden): readonly layers.Layer[] =>
  Array.from({ length: count }, () => [layers.dense({ units, kernelInitializer: 'heUniform' }), activation()]).flat();
