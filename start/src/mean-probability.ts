import { type Evidence, type Metric, type Network, random, type TrainedNetwork } from '@gan/core';
import { mean, sigmoid, tidy } from '@tensorflow/tfjs-core';

type Judge = TrainedNetwork<Network['inputs'], { readonly score: 'linear' }>;

/**
 * How real a judge holds samples to be on average: the mean of sigmoid(score). Once it cannot tell them apart, it says
 * 0.5 of both.
 *
 * The judge is applied as in training, so that its batch norm sees batches of real samples and batches of fakes, each
 * apart.
 *
 * @see Goodfellow et al. (2014), arXiv:1406.2661, proposition 1.
 */
export const meanProbability = (options: {
  readonly judge: Judge;
  readonly of: 'real' | 'fake';
  readonly samples: number;
}): Metric => ({
  name: `mean-probability/${options.of}`,
  direction: options.of === 'real' ? 'higher' : 'lower',
  protocol: { samples: options.samples },
  measure: async (evidence: Evidence) => {
    const { judge, of, samples } = options;
    let sum = 0;
    let count = 0;
    for await (const batch of evidence[of](samples)) {
      const probability = tidy(() => {
        const mode = { training: true, random: random(0).stream(count) };
        return mean(sigmoid(judge.network.apply(judge.weights, batch, mode).outputs.score));
      });
      const [value] = await probability.data();
      for (const tensor of [probability, ...Object.values(batch)]) tensor.dispose();
      sum += value!;
      count++;
    }
    return sum / count;
  },
});
