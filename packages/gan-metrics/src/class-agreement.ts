import { assertCount, type Metric } from '@gan/core';
import { argMax, tidy } from '@tensorflow/tfjs-core';
import type { Classifier } from './classifier.js';
import { draw } from './draw.js';
import { assertSamples } from './feature-rows.js';

/**
 * The share of generated samples, 0 to 1, that a classifier takes for the class they were asked to be. The generated
 * batches must carry `classes`, the class ids they were made under. The classifier stays the caller's.
 *
 * @param options.classifier What tells the classes apart.
 * @param options.samples How many generated samples.
 * @throws TypeError if `samples` is not a whole number of at least 1; when measured, if the evidence carries no
 *   `classes` or does not fit the classifier.
 */
export function classAgreement(options: { readonly classifier: Classifier; readonly samples: number }): Metric {
  const { classifier, samples } = options;
  assertCount('samples', samples);
  const measure: Metric['measure'] = async ({ fake }) => {
    let agreed = 0;
    await draw(
      fake(samples),
      { of: 'fake', count: samples, names: ['sample', 'classes'] },
      async ({ sample, classes }) => {
        assertSamples(`'${classifier.name}'`, sample, classifier.shape);
        const predicted = tidy(() => argMax(classifier.classify(sample), 1));
        try {
          const [said, asked] = await Promise.all([predicted.data(), classes.data()]);
          for (let i = 0; i < asked.length; i++) if (said[i] === asked[i]) agreed++;
        } finally {
          predicted.dispose();
        }
      },
    );
    return agreed / samples;
  };
  return {
    name: `class-agreement/${classifier.name}`,
    direction: 'higher',
    protocol: { samples, extractor: { name: classifier.name, hash: classifier.hash } },
    measure,
  };
}
