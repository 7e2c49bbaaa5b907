import type { Dataset, FeatureExtractor } from '@gan/core';
import { digits, openMoji } from '@gan/data';
import { digitClassifier, pooledPixels } from '@gan/metrics';

/** The shape of an emoji, and how many groups of them there are. */
export const emoji = { sample: [32, 32, 3], classes: 3 } as const;
/** The shape of a digit. */
export const digit = { sample: [28, 28, 1], classes: 10 } as const;

/** Real pictures, and what looks at them. */
export interface Pictures {
  readonly data: Dataset;
  /** Whose features distances are of; the caller frees it. */
  readonly extractor: FeatureExtractor;
  /** How many pictures a distance is of. */
  readonly samples: number;
}

/** Which pictures there are: the 462 emoji of three groups, mirrored half of the time, or 10,000 digits. */
export type DatasetName = 'emoji' | 'digits';

/**
 * Loads pictures.
 *
 * @param measured `'pixels'` measures digits, too, by their pixels in squares of 4 x 4, and not by what a classifier sees.
 */
export async function pictures(name: DatasetName, measured?: 'pixels'): Promise<Pictures> {
  if (name === 'emoji') {
    const data = await openMoji({ size: 32, groups: ['smileys-emotion', 'animals-nature', 'food-drink'], flip: true });
    return { data, extractor: pooledPixels({ sample: emoji.sample }), samples: data.size };
  }
  const data = await digits();
  const extractor = measured ? pooledPixels({ sample: digit.sample, side: 7 }) : await digitClassifier();
  return { data, extractor, samples: 2000 };
}
