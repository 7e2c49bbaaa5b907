import type { AugmentationResult } from './augmentation.js';

/** Outcomes for people, in Markdown. */
export const augmentationTable = ({ outcomes }: AugmentationResult): string =>
  [
    '| pictures | judge | seed | steps | score: training | held-out | fakes | overfitting | p | Fréchet |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...outcomes.map(({ pictures, variant, seed, steps, scores, overfitting, probability, frechet }) => {
      const numbers = [scores.training, scores.heldOut, scores.fake, overfitting].map((value) => value.toFixed(2));
      return `| ${[pictures, variant, seed, steps, ...numbers, probability?.toFixed(2) ?? '–', frechet.toFixed(2)].join(' | ')} |`;
    }),
  ].join('\n');
