import { assertCount, type Metric } from '@gan/core';
import { draw } from './draw.js';
import { assertModes, type ModeCoverage, type Modes, modeCoverage } from './mode-coverage.js';

/** The mixture that points are drawn from, and how many points to judge by. */
export interface ModeOptions extends Modes {
  /** How many generated points; 2,500 (VEEGAN's and PacGAN's number) unless said. */
  readonly samples?: number;
}

function metricOf(name: string, direction: Metric['direction'], figure: keyof ModeCoverage) {
  return (options: ModeOptions): Metric => {
    const { samples = 2500 } = options;
    assertCount('samples', samples);
    assertModes(options);
    const measure: Metric['measure'] = async ({ fake }) => {
      const points: number[][] = [];
      await draw(fake(samples), { of: 'fake', count: samples, names: ['sample'] }, async ({ sample }) => {
        if (sample.rank !== 2)
          throw new TypeError(`points must be [batch, dimensions], but are [${sample.shape.join(', ')}]`);
        points.push(...((await sample.array()) as number[][]));
      });
      return modeCoverage(points, options)[figure];
    };
    return { name, direction, protocol: { samples }, measure };
  };
}

/** How many modes of a mixture generated points cover (`modeCoverage`); the number of centres at best. */
export const modesCovered = metricOf('modes-covered', 'higher', 'modes');

/**
 * The share of generated points within 3 standard deviations of a mode (`modeCoverage`), 0 to 1. The mixture itself has
 * 1 - exp(-9 / 2) = 0.989 in the plane: more means that points crowd the centres.
 */
export const highQualityShare = metricOf('high-quality-share', 'higher', 'highQualityShare');

/** How unevenly generated points fall on the modes of a mixture, in nats (`modeCoverage`); 0 at best. */
export const reverseKL = metricOf('reverse-kl', 'lower', 'reverseKL');
