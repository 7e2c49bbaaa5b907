import type { NameRule, NameTable, Network } from '@gan/core';
import { type DcganRow, type DcganRows, dcganTable } from './dcgan-rows.js';

const row: DcganRow = { convolution: (k) => `model.${k}.0`, norm: (k) => `model.${k}.1` };
const rows: DcganRows = { generator: row, judge: { ...row, score: () => 'disc.0' }, biased: true };

/** Of a generator: its rows are beside the latents, as here. */
const classes: NameRule = { ours: 'classes/kernel', theirs: 'label_embeddings.weight' };

/**
 * Where the weights of `dcganGenerator` and `dcganDiscriminator` come from in torchgan's `DCGANGenerator`,
 * `ConditionalGANGenerator` and `DCGANDiscriminator`,
 *
 *     importedWeights(generator, tensors, torchganNames(generator))
 *
 * With them the networks give what torchgan's give in inference, if these were made with `nonlinearity=nn.ReLU()` (a generator)
 * and `last_nonlinearity=nn.Identity()` (a judge): else a leaky ReLU stands there, which is another network.
 *
 * @param network A DCGAN generator or a discriminator without classes, whose side is 4 times a power of two, 16 or more. A
 *   generator with classes has as many of them as numbers for the `embedding` of a class.
 * @see https://github.com/torchgan/torchgan
 */
export function torchganNames(network: Network): NameTable {
  const table = dcganTable(network, rows);
  return network.outputs['sample'] ? { ...table, rules: [...table.rules, classes] } : table;
}
