import { mlpAutoencoder, reconstructionEnergy, spectralNormalization } from '@gan/architectures';
import { layersNetwork, type Network, type Ports } from '@gan/core';
import { layers, sequential } from '@tensorflow/tfjs-layers';

/** The width of every network. */
export const units = 64;

/** A perceptron of points with one head, `outputs`; every layer is divided by its spectral norm if `spectral`. */
export function headJudge({
  outputs,
  width,
  spectral = false,
}: {
  readonly outputs: Ports;
  /** How many numbers the head gives. */
  readonly width: number;
  readonly spectral?: boolean;
}): Network {
  const bounded = (layer: layers.Layer) => (spectral ? spectralNormalization({ layer }) : layer);
  return layersNetwork({
    inputs: { sample: [2] },
    outputs,
    model: () =>
      sequential({
        layers: [
          bounded(layers.dense({ units, kernelInitializer: 'heNormal', inputShape: [2] })),
          layers.leakyReLU({ alpha: 0.2 }),
          bounded(layers.dense({ units, kernelInitializer: 'heNormal' })),
          layers.leakyReLU({ alpha: 0.2 }),
          bounded(layers.dense({ units: width })),
        ],
      }),
  });
}

/** A judge of slope 1 at most: 1802.05957. */
export const spectralJudge = () => headJudge({ outputs: { score: 'linear' }, width: 1, spectral: true });

/** How badly an autoencoder rebuilds a point, by its distance to a power. */
export const energyJudge = (power: 1 | 2): Network =>
  reconstructionEnergy(mlpAutoencoder({ sample: [2], features: 8, units }), { power });
