import { layersNetwork } from '@gan/core';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { conformance } from '../../network-conformance.fixture.js';
import { projectedDiscriminator } from './projected-discriminator.js';

const features = layersNetwork({
  inputs: { sample: [8, 8, 3] },
  outputs: { fine: [4, 4, 2], coarse: [2, 2, 3] },
  model: () => {
    const picture = input({ shape: [8, 8, 3] });
    const halved = (x: SymbolicTensor, filters: number) =>
      layers.conv2d({ filters, kernelSize: 2, strides: 2, activation: 'tanh' }).apply(x) as SymbolicTensor;
    const fine = halved(picture, 2);
    return model({ inputs: picture, outputs: [fine, halved(fine, 3)] });
  },
});

conformance({ 'discriminator through a network': projectedDiscriminator({ features, channels: 2, filters: 8 }) });
