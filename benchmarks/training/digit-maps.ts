import { readFileSync } from 'node:fs';
import { featureMaps } from '@gan/architectures';
import { decodeSafetensors } from '@gan/core';
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';

const file = new URL('../../packages/gan-metrics/weights/digit-classifier.safetensors', import.meta.url);

/**
 * What the digit classifier sees of a digit on its way: maps of 14 x 14 and of 7 x 7 places, with the weights that ship with
 * @gan/metrics, as a model of TensorFlow.js.
 */
export function digitMaps() {
  const { tensors } = decodeSafetensors(readFileSync(file), 'digit-classifier.safetensors');
  const convolution = (name: string, filters: number, inputShape?: readonly [number, number, number]) =>
    layers.conv2d({
      ...{ filters, kernelSize: 5, strides: 2, padding: 'same' as const, name },
      ...(inputShape && { inputShape: [...inputShape] }),
    });
  const model = sequential({
    layers: [
      convolution('convolution-1', 16, [28, 28, 1]),
      layers.leakyReLU({ alpha: 0.1, name: 'map14' }),
      convolution('convolution-2', 32),
      layers.leakyReLU({ alpha: 0.1, name: 'map7' }),
    ],
  });
  for (const name of ['convolution-1', 'convolution-2']) {
    const given = ['kernel', 'bias'].map((weight): Tensor => {
      const { shape, values } = tensors[`${name}/${weight}`]!;
      return tensor(values as Float32Array, [...shape]);
    });
    model.getLayer(name).setWeights(given);
    for (const weight of given) weight.dispose();
  }
  return featureMaps<readonly [28, 28, 1]>(model, ['map14', 'map7']);
}
