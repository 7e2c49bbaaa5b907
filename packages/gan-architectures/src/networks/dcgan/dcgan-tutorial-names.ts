import type { NameTable, Network } from '@gan/core';
import { type DcganRows, dcganTable } from './dcgan-rows.js';

/** Their layers stand in one row, three places for each: a convolution, batch norm, an activation; a judge's first has no norm. */
const rows: DcganRows = {
  generator: { convolution: (k) => `main.${3 * k}`, norm: (k) => `main.${3 * k + 1}` },
  judge: {
    convolution: (k) => `main.${Math.max(0, 3 * k - 1)}`,
    norm: (k) => `main.${3 * k}`,
    score: (k) => `main.${3 * k - 1}`,
  },
  biased: false,
};

/**
 * Where the weights of `dcganGenerator` and `dcganDiscriminator` come from in the networks of PyTorch's DCGAN tutorial (and
 * of its `examples/dcgan`), of 64 x 64, or of other powers of two that continue it,
 *
 *     importedWeights(generator, tensors, dcganTutorialNames(generator))
 *
 * With them the networks give what PyTorch's give in inference, the judge with a `sigmoid` head. In training, batch norm of
 * the first map counts here number by number, there channel by channel.
 *
 * @param network A DCGAN generator or discriminator without classes, whose side is 4 times a power of two.
 * @see https://docs.pytorch.org/tutorials/beginner/dcgan_faces_tutorial.html
 */
export const dcganTutorialNames = (network: Network): NameTable => dcganTable(network, rows);
