import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { memory, setBackend, type Tensor, tensor4d, zeros } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Classifier } from './classifier.js';
import { digitClassifier } from './digit-classifier.js';
import golden from './golden/digit-classifier.json' with { type: 'json' };

const weights = readFileSync(new URL('../weights/digit-classifier.safetensors', import.meta.url));

/** The pictures of tools/goldens/digit-classifier.py. */
const pictures = (): Tensor =>
  tensor4d(
    Float32Array.from({ length: 3 * 784 }, (_, at) => {
      const [b, i, j] = [Math.floor(at / 784), Math.floor(at / 28) % 28, at % 28];
      return ((31 * i * i + 17 * j * (b + 1) + 7 * i * j + 50 * b) % 256) / 127.5 - 1;
    }),
    [3, 28, 28, 1],
  );

describe('the digit classifier', () => {
  let classifier: Classifier;
  let before = 0;
  beforeAll(async () => {
    await setBackend('cpu');
    before = memory().numTensors;
    classifier = await digitClassifier();
  });
  afterAll(() => {
    classifier.dispose();
    expect(memory().numTensors).toBe(before);
  });

  for (const [of, apply] of [
    ['features', (samples: Tensor) => classifier.extract(samples)],
    ['logits', (samples: Tensor) => classifier.classify(samples)],
  ] as const)
    it(`gives the ${of} that PyTorch makes of its weights, and leaves nothing else`, async () => {
      // Source: torch.nn.functional, tools/goldens/digit-classifier.py. Logits of such noise are some 10 in size.
      const samples = pictures();
      const tensors = memory().numTensors;
      const found = apply(samples);
      expect(memory().numTensors).toBe(tensors + 1);
      const values = await found.data();
      const expected = golden[of].flat();
      expect(found.shape).toEqual([3, golden[of][0]!.length]);
      expect(Math.max(...expected.map((value, i) => Math.abs(value - values[i]!)))).toBeLessThan(1e-4);
      samples.dispose();
      found.dispose();
    });

  it('is known by the SHA-256 of the weights that ship, less than 500 kB of them', () => {
    expect(classifier.hash).toBe(createHash('sha256').update(weights).digest('hex'));
    expect(classifier.hash).toBe(golden.weights);
    expect(weights.length).toBeLessThan(500_000);
    expect([classifier.name, classifier.shape, classifier.features, classifier.classes]).toEqual([
      'digit-classifier',
      [28, 28, 1],
      64,
      10,
    ]);
  });

  it('says the same of a sample whatever the batch', async () => {
    const samples = pictures();
    const first = tensor4d((await samples.data()).slice(0, 784), [1, 28, 28, 1]);
    const [alone, among] = [classifier.extract(first), classifier.extract(samples)];
    const [a, b] = [await alone.data(), await among.data()];
    expect(Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)))).toBeLessThan(1e-6);
    for (const tensor of [samples, first, alone, among]) tensor.dispose();
  });

  it('refuses samples of another shape, with both', () => {
    const wrong = zeros([2, 32, 32, 1]);
    for (const apply of [classifier.extract, classifier.classify])
      expect(() => apply(wrong)).toThrow(
        new TypeError("'digit-classifier' takes samples of shape ['batch', 28, 28, 1], but was given [2, 32, 32, 1]"),
      );
    wrong.dispose();
  });
});
