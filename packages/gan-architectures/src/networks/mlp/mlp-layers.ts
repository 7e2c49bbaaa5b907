import { layers } from '@tensorflow/tfjs-layers';

/** Hidden layers of a perceptron. */
export interface Hidden {
  /** How wide each is. */
  readonly units: number;
  /** How many there are. */
  readonly count: number;
  readonly activation: () => layers.Layer;
  /** What their names begin with: `hidden` unless said, for `hidden1`, `hidden2`, ... */
  readonly name?: string;
}

/**
 * Dense layers, started so that what goes through them keeps its mean square (He et al. 2015, arXiv:1502.01852). Uniform:
 * TensorFlow.js cuts the tails off a normal initialisation without making up for what they spread.
 */
export const hiddenLayers = ({ units, count, activation, name = 'hidden' }: Hidden): readonly layers.Layer[] =>
  Array.from({ length: count }, (_, k) => [
    layers.dense({ units, kernelInitializer: 'heUniform', name: `${name}${k + 1}` }),
    activation(),
  ]).flat();
