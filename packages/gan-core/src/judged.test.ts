import { mean, mul, setBackend, sub, sum } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { clouds, discriminator, generator, logistic, optimizer } from './games.fixture.js';
import { defineTerm, gan, gradients, train } from './index.js';

beforeAll(async () => {
  await setBackend('cpu');
});

describe('a judge in training', () => {
  it('is shown copies of a sample, once, that a term may differentiate its answer in', async () => {
    const found: unknown[] = [];
    const seen = defineTerm({
      name: 'seen',
      reads: { score: 'linear' },
      discriminator: ({ real, judged, judge, samples }) => {
        const { inputs, outputs } = judged('real');
        const shown = inputs['sample']!;
        const sample = samples.real['sample']!;
        found.push(
          outputs === real,
          judged('real').inputs === inputs,
          shown !== sample,
          sum(sub(shown, sample)).dataSync()[0],
        );
        const slope = gradients(() => sum(mul(real.score, sum(sample))), [shown]).gradients;
        const wanted = gradients(() => sum(mul(judge({ sample: shown }).score, sum(sample))), [shown]).gradients;
        found.push(Array.from(slope[0]!.dataSync()), Array.from(wanted[0]!.dataSync()));
        return mean(real.score);
      },
    });
    const networks = { generator: generator(), discriminator: discriminator() };
    const training = train(gan({ ...networks, objective: [seen, logistic()], optimizer }), {
      data: clouds,
      batchSize: 3,
      seed: 1,
    });
    for await (const _ of training) break;
    training.dispose();
    const [slope, anew] = found.slice(4) as number[][];
    expect(found.slice(0, 4)).toEqual([true, true, true, 0]);
    // That of asking it again, of which nothing is 0: a dense layer's weights, times the sum of the sample.
    expect(slope).toEqual(anew);
    expect(slope!.some((value) => value !== 0)).toBe(true);
  });
});
