/**
 * What equalised layers multiply their weights by when they are used, so that weights of variance 1 act like weights of
 * He's initialisation: `gain / sqrt(inputs)`, where `inputs` is how many numbers each result sums.
 *
 * @see He et al. (2015), arXiv:1502.01852; Karras et al. (2018), arXiv:1710.10196, section 4.1.
 */
export const heScale = (inputs: number, gain: number): number => gain / Math.sqrt(inputs);
