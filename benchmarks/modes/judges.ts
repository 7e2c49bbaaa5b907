import { mlpAutoencoder, reconstructionEnergy } from '@gan/architectures';
import { type Head, layersNetwork, type Network } from '@gan/core';
import { layers, sequential } from '@tensorflow/tfjs-layers';

/** A perceptron of points like `mlpDiscriminator`, with a head of another kind and width. */
export const judgeWith = (head: string, kind: Head, width: number, units: number): Network =>
  layersNetwork({
    inputs: { sample: [2] },
    outputs: { [head]: kind },
    model: () =>
      sequential({
        layers: [
          layers.dense({ units, kernelInitializer: 'heUniform', inputShape: [2] }),
          layers.leakyReLU({ alpha: 0.2 }),
          layers.dense({ units, kernelInitializer: 'heUniform' }),
          layers.leakyReLU({ alpha: 0.2 }),
          layers.dense({ units: width }),
        ],
      }),
  });

/** An autoencoder of points as a judge. Its code is one number: two would let it copy any point. */
export const energyJudge = (power: 1 | 2, units: number): Network =>
  reconstructionEnergy(mlpAutoencoder({ sample: [2], features: 1, units }), { power });
