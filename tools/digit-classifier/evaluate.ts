// What the shipped digit classifier gets right, of the digits it was not trained on and, where GAN_SHARED_DATA names a
// folder that holds mnist/, of MNIST's own test set: npx tsx tools/digit-classifier/evaluate.ts
import { join } from 'node:path';
import { digits, readIdx } from '@gan/data';
import { engine } from '@gan/engine';
import { digitClassifier } from '@gan/metrics';
import { accuracy, type Labelled } from './accuracy.js';

await engine();
const classifier = await digitClassifier();
const folder = process.env['GAN_SHARED_DATA'];
const heldOut = await digits({ split: 'held-out' });
const sets: Record<string, Labelled> = { 'held-out digits': heldOut.arrays };
if (folder) {
  const values = async (name: string) => (await readIdx(join(folder, 'mnist', name))).values;
  sets['MNIST test set'] = {
    sample: await values('t10k-images-idx3-ubyte.gz'),
    classes: await values('t10k-labels-idx1-ubyte.gz'),
  };
}
console.log(`weights ${classifier.hash}`);
for (const [name, set] of Object.entries(sets))
  console.log(`${name}: ${(100 * (await accuracy(classifier.classify, set))).toFixed(2)}% of ${set.classes.length}`);
classifier.dispose();
