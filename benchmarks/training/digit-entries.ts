import {
  augmented,
  bigganDeepDiscriminator,
  bigganDeepGenerator,
  dcganDiscriminator,
  dcganGenerator,
  diffAugment,
  mlpAutoencoder,
  mlpDiscriminator,
  mlpGenerator,
  projectedDiscriminator,
  reconstructionEnergy,
  severalGenerators,
  withHeads,
} from '@gan/architectures';
import { adam, gan, weighted } from '@gan/core';
import { energyBased, hinge, multiAgentDiverse, nonSaturating, pullingAway } from '@gan/losses';
import { digit } from './datasets.js';
import { digitMaps } from './digit-maps.js';
import { type Entry, rowsOf } from './entry.js';

const { sample } = digit;
const averaged = 0.995;

/** Networks that are trained on digits, by name. */
export const digitEntries = {
  'biggan-deep': {
    paper: '1809.11096',
    networks: { generator: 'BigGAN-deep', judge: 'BigGAN-deep, projection' },
    objective: 'hinge',
    filters: 8,
    steps: 1500,
    batch: 32,
    game: (filters) =>
      gan({
        // Few latents: blocks take them side by side with the row of a class, which 64 of them drown.
        generator: bigganDeepGenerator({ ...digit, latents: 12, filters, embedding: 32 }),
        discriminator: bigganDeepDiscriminator({ ...digit, filters: 1.5 * filters }),
        objective: [hinge()],
        optimizer: adam({ learningRate: 5e-4, beta1: 0, beta2: 0.99 }),
        averaged,
      }),
    page: { classes: rowsOf(10, 8) },
  },
  projected: {
    paper: '2111.01007',
    networks: { generator: 'DCGAN', judge: 'projected, through the digit classifier, DiffAugment' },
    objective: 'hinge',
    filters: 16,
    steps: 800,
    batch: 32,
    // By what the judge looks through, distances would flatter it.
    measured: 'pixels',
    game: (filters) =>
      gan({
        generator: dcganGenerator({ sample, latents: 64, filters: 2 * filters }),
        discriminator: augmented(
          projectedDiscriminator({ features: digitMaps(), channels: filters, filters: 8 * filters }),
          { augment: diffAugment({ color: false }) },
        ),
        objective: [hinge()],
        optimizer: adam({ learningRate: 5e-4, beta1: 0, beta2: 0.99 }),
        averaged,
      }),
  },
  'mad-gan': {
    paper: '1704.02906',
    networks: { generator: 'four DCGANs that share all but the first layer', judge: 'DCGAN, one of 5 classes' },
    objective: 'multi-agent diverse',
    filters: 32,
    steps: 800,
    batch: 64,
    game: (filters) => {
      const four = dcganGenerator({ sample, latents: 4 * (32 + 1), filters });
      return gan({
        generator: severalGenerators(four, { latents: 32, category: 4 }),
        discriminator: withHeads(dcganDiscriminator({ sample, filters }), { heads: { category: 5 }, alone: true }),
        objective: [multiAgentDiverse()],
        samples: { category: { categorical: 4 } },
        optimizer: adam({ learningRate: 5e-4, beta1: 0.5 }),
        averaged,
      });
    },
    page: { category: rowsOf(4, 16) },
  },
  conditional: {
    paper: '1411.1784',
    networks: { generator: 'DCGAN, class beside the latents', judge: 'DCGAN, class as a channel' },
    objective: 'non-saturating',
    filters: 32,
    steps: 600,
    batch: 64,
    game: (filters) =>
      gan({
        generator: dcganGenerator({ ...digit, latents: 64, filters }),
        discriminator: dcganDiscriminator({ ...digit, filters, condition: 'concatenation' }),
        objective: [nonSaturating()],
        optimizer: adam({ learningRate: 5e-4, beta1: 0.5 }),
        averaged,
      }),
    page: { classes: rowsOf(10, 8) },
  },
  mlp: {
    paper: '1406.2661',
    networks: { generator: 'MLP', judge: 'MLP' },
    objective: 'non-saturating',
    filters: 256,
    steps: 3000,
    batch: 64,
    game: (units) =>
      gan({
        generator: mlpGenerator({ sample, latents: 64, units, layers: 3, output: 'tanh' }),
        discriminator: mlpDiscriminator({ sample, units }),
        objective: [nonSaturating()],
        // At equal rates of 2e-4 it comes to two digits or to many, by the rounding of a processor.
        optimizer: {
          discriminator: adam({ learningRate: 4e-4, beta1: 0.5 }),
          generator: adam({ learningRate: 1e-4, beta1: 0.5 }),
        },
        averaged,
      }),
  },
  'ebgan-mlp': {
    paper: '1609.03126',
    networks: { generator: 'MLP', judge: 'autoencoder of MLPs' },
    objective: 'energy-based of margin 0.3, pulling away',
    filters: 256,
    steps: 2500,
    batch: 64,
    game: (units) =>
      gan({
        generator: mlpGenerator({ sample, latents: 64, units, layers: 3, output: 'tanh' }),
        discriminator: reconstructionEnergy(mlpAutoencoder({ sample, features: 64, units })),
        objective: [energyBased({ margin: 0.3 }), weighted(0.1, pullingAway())],
        optimizer: adam({ learningRate: 2e-4, beta1: 0.5 }),
        averaged,
      }),
  },
} satisfies Readonly<Record<string, Entry>>;
