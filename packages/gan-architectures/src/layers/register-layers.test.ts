import { io, serialization, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, loadLayersModel, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { inScopes } from '../network.fixture.js';
import { minibatchDiscrimination } from './minibatch-discrimination.js';
import { minibatchStandardDeviation } from './minibatch-standard-deviation.js';
import { registerLayers } from './register-layers.js';
import { spectralNormalization } from './spectral-normalization.js';
import { virtualBatchNormalization } from './virtual-batch-normalization.js';

const made = {
  MinibatchDiscrimination: () => minibatchDiscrimination({ features: 2, dimensions: 3 }),
  MinibatchStandardDeviation: () => minibatchStandardDeviation({ group: 4, features: 2 }),
  SpectralNormalization: () => spectralNormalization({ layer: layers.dense({ units: 3 }), iterations: 2 }),
  VirtualBatchNormalization: () => virtualBatchNormalization({ epsilon: 1e-3 }),
} as const;

/** What `loadLayersModel` makes of what a model saves. */
async function reloaded(model: LayersModel): Promise<LayersModel> {
  let kept: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler(async (artifacts) => {
      kept = artifacts;
      return { modelArtifactsInfo: io.getModelArtifactsInfoForJSON(artifacts) };
    }),
  );
  // A program that only loads knows no more than this.
  const { classNameMap } = serialization.SerializationMap.getMap();
  for (const name of Object.keys(made)) delete classNameMap[name];
  registerLayers();
  return loadLayersModel(io.fromMemory(kept!));
}

describe('registerLayers', () => {
  inScopes();

  it.each(Object.keys(made) as (keyof typeof made)[])(
    'lets a model with a %s be loaded as it was saved',
    async (name) => {
      const model = sequential({ layers: [layers.inputLayer({ inputShape: [4] }), made[name]()] });
      const again = await reloaded(model);
      expect(again.getConfig()).toEqual(model.getConfig());
      const [weights, same] = [model, again].map((of) =>
        of.getWeights().map((weight) => Array.from(weight.dataSync())),
      );
      expect(same).toEqual(weights);
      if (name !== 'VirtualBatchNormalization') {
        const [wanted, actual] = [model, again].map((of) => (of.predict(tensor([[1, -2, 3, 4]])) as Tensor).dataSync());
        expect(actual).toEqual(wanted);
      }
      for (const of of [model, again]) of.dispose();
    },
  );
});
