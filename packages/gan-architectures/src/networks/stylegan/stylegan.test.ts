import { random } from '@gan/core';
import { mean, slice, type Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { inScopes, withWeights } from '../../network.fixture.js';
import { truncatedStyles } from '../stylegan2/truncated-styles.js';
import { styleganDiscriminator } from './stylegan-discriminator.js';
import { styleganMapping } from './stylegan-mapping.js';
import { styleganSynthesis } from './stylegan-synthesis.js';

const values = (of: Tensor): number[] => Array.from(of.dataSync());

describe('StyleGAN', () => {
  inScopes();

  it('keeps the average of its styles, towards which truncatedStyles draws them', () => {
    const network = styleganMapping({ sample: [8, 8, 3], latents: 3, width: 2, layers: 1, mixing: 0 });
    withWeights(network, (fresh) => {
      const latents = random(2).normal([4, 3]);
      const { outputs, state } = network.apply(fresh, { latents }, { training: true, random: random(3) });
      const of = mean(slice(outputs.styles, [0, 0], [-1, 1]), [0, 1]);
      // From 0 on, a five-hundredth of the way.
      for (const [i, average] of values(state['styles/average']!).entries())
        expect(average).toBeCloseTo(0.002 * values(of)[i]!, 6);
      const trained = { network, weights: { parameters: fresh.parameters, state }, drawn: {} };
      const { network: alike, weights } = truncatedStyles(trained, { psi: 0 });
      const styles = alike.apply(weights, { latents }, { training: false, random: random(3) }).outputs.styles;
      expect(values(styles)).toEqual(Array.from({ length: 16 }, () => values(state['styles/average']!)).flat());
    });
  });

  it.each([
    [{ sample: [12, 12, 3] }, 'the side of a picture must be a power of two from 4 on, but is 12'],
    [{ filters: 0 }, 'filters must be a whole number of at least 1, but is 0'],
    [{ growsTo: 4 }, "growsTo must be a power of two from the picture's side, 8, on, but is 4"],
    [{ sample: [4, 4, 3], fade: 2 }, 'fade must be 0 for a picture of 4 x 4, which no side comes before, but is 2'],
    [{ latents: 2 }, /^stylegan(Synthesis|Discriminator) has no option 'latents'; it takes sample, /],
  ] as const)('refuses %j', (wrong, sentence) => {
    const options = { sample: [8, 8, 3], ...wrong } as Parameters<typeof styleganDiscriminator>[0];
    const error = typeof sentence === 'string' ? new TypeError(sentence) : sentence;
    expect(() => styleganSynthesis(options as Parameters<typeof styleganSynthesis>[0])).toThrow(error);
    expect(() => styleganDiscriminator(options)).toThrow(error);
  });

  it.each([
    [{ sample: [12, 12, 3] }, 'the side of a picture must be a power of two from 4 on, but is 12'],
    [{ mixing: 2 }, 'mixing must lie in [0, 1], but is 2'],
    [{ layers: 0 }, 'layers must be a whole number of at least 1, but is 0'],
  ])('refuses a mapping of %j', (wrong, sentence) => {
    expect(() => styleganMapping({ sample: [8, 8, 3], latents: 2, ...wrong })).toThrow(new TypeError(sentence));
  });
});
