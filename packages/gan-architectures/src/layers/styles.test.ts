import { layersNetwork, random } from '@gan/core';
import { range, reshape } from '@tensorflow/tfjs-core';
import { input, model } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { inScopes } from '../network.fixture.js';
import { type StyleMixingOptions, styleMixing } from './styles.js';

/** The styles of each layer for samples whose own style is their number. */
function mixed(batch: number, options: StyleMixingOptions, training = true): number[][] {
  const network = layersNetwork({
    inputs: { style: [1] },
    outputs: { styles: [options.layers, 1] },
    model: () => {
      const style = input({ shape: [1] });
      const styles = styleMixing(options).apply(style) as typeof style;
      return model({ inputs: style, outputs: styles });
    },
  });
  const given = { style: reshape(range(0, batch), [batch, 1]) };
  const { outputs } = network.apply({ parameters: {}, state: {} }, given, { training, random: random(7) });
  return reshape(outputs.styles, [batch, options.layers]).arraySync() as number[][];
}

describe('styleMixing', () => {
  inScopes();

  it('takes the style of the next sample from a random layer on, for so many of the samples', () => {
    const [batch, layers] = [600, 4];
    const ends = [0, 0, 0, 0, 0];
    for (const [sample, styles] of mixed(batch, { layers, probability: 0.5 }).entries()) {
      const next = (sample + 1) % batch;
      const own = styles.filter((style) => style === sample).length;
      expect(styles).toEqual(Array.from({ length: layers }, (_, layer) => (layer < own ? sample : next)));
      ends[own]!++;
    }
    // Half of them, and a third of those from each layer but the first on; 5 standard deviations.
    expect(ends[0]).toBe(0);
    expect(Math.abs(ends[4]! - 300)).toBeLessThan(5 * Math.sqrt(150));
    for (const count of ends.slice(1, 4)) expect(Math.abs(count - 100)).toBeLessThan(5 * Math.sqrt(84));
  });

  it.each([
    ['in inference', { layers: 3, probability: 1 }, false],
    ['with a probability of 0', { layers: 3, probability: 0 }, true],
    ['where there is one layer', { layers: 1, probability: 1 }, true],
  ] as const)('leaves all layers their own style %s', (_, options, training) => {
    const own = Array.from({ length: 5 }, (_, sample) => Array<number>(options.layers).fill(sample));
    expect(mixed(5, options, training)).toEqual(own);
  });
});
