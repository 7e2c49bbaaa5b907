import {
  atScale,
  augmented,
  beganAutoencoder,
  beganGenerator,
  centered,
  dcganDiscriminator,
  dcganGenerator,
  diffAugment,
  ebganAutoencoder,
  jury,
  patchDiscriminator,
  reconstructionEnergy,
  resnetDiscriminator,
  resnetGenerator,
  snDcganDiscriminator,
  snDcganGenerator,
  styleganDiscriminator,
  styleganMapping,
  styleganSynthesis,
  unetDiscriminator,
} from '@gan/architectures';
import { adam, every, gan, inSeries, reading, scheduled, weighted } from '@gan/core';
import {
  boundaryEquilibrium,
  cutMix,
  energyBased,
  gradientPenalty,
  hinge,
  nonSaturating,
  ofJury,
  pullingAway,
  r1,
  wasserstein,
} from '@gan/losses';
import { emoji } from './datasets.js';
import { type Entry, rowsOf } from './entry.js';

const { sample } = emoji;
const latents = 64;
const averaged = 0.995;
const augment = diffAugment();

/** Networks that are trained on emoji, by name. */
export const emojiEntries = {
  stylegan: {
    paper: '1812.04948',
    networks: { generator: 'StyleGAN', judge: 'StyleGAN, DiffAugment' },
    objective: 'non-saturating, R1 in each 8th step',
    filters: 16,
    steps: 600,
    batch: 16,
    game: (filters) => {
      const size = { sample, filters, widest: 4 * filters };
      const mapping = styleganMapping({ sample, latents, width: latents, layers: 4 });
      return gan({
        generator: inSeries(mapping, styleganSynthesis({ ...size, width: latents })),
        discriminator: augmented(styleganDiscriminator(size), { augment }),
        objective: [nonSaturating(), every(8, r1({ gamma: 1 }))],
        optimizer: adam({ learningRate: 2e-3, beta1: 0, beta2: 0.99 }),
        averaged,
      });
    },
  },
  'wgan-gp': {
    paper: '1704.00028',
    networks: { generator: 'ResNet', judge: 'ResNet without norms' },
    objective: 'Wasserstein, gradient penalty, 5 updates of the judge',
    filters: 16,
    steps: 300,
    batch: 16,
    game: (filters) =>
      gan({
        generator: resnetGenerator({ sample, latents, filters }),
        discriminator: resnetDiscriminator({ sample, filters, normalization: 'none', pooling: 'mean' }),
        objective: [wasserstein(), gradientPenalty({ weight: 10 })],
        optimizer: adam({ learningRate: 5e-4, beta1: 0, beta2: 0.9 }),
        discriminatorUpdates: 5,
        averaged: 0.99,
      }),
  },
  'sn-dcgan': {
    paper: '1802.05957',
    networks: { generator: 'SN-DCGAN', judge: 'SN-DCGAN, DiffAugment' },
    objective: 'hinge',
    filters: 16,
    steps: 800,
    batch: 16,
    game: (filters) =>
      gan({
        generator: snDcganGenerator({ sample, latents, filters }),
        discriminator: augmented(snDcganDiscriminator({ sample, filters }), { augment }),
        objective: [hinge()],
        optimizer: adam({ learningRate: 4e-4, beta1: 0.5 }),
        averaged,
      }),
  },
  projection: {
    paper: '1802.05637',
    networks: { generator: 'SN-ResNet, norms by class', judge: 'SN-ResNet, projection, DiffAugment' },
    objective: 'hinge',
    filters: 24,
    steps: 700,
    batch: 16,
    game: (filters) =>
      gan({
        generator: resnetGenerator({ ...emoji, latents, filters }),
        discriminator: augmented(resnetDiscriminator({ ...emoji, filters }), { augment }),
        objective: [hinge()],
        optimizer: adam({ learningRate: 5e-4, beta1: 0, beta2: 0.9 }),
        averaged,
      }),
    page: { classes: rowsOf(3, 16) },
  },
  'u-net': {
    paper: '2002.12655',
    networks: { generator: 'ResNet', judge: 'U-Net' },
    objective: 'hinge of the picture and of its pixels, CutMix from step 0 to 500 on',
    filters: 12,
    steps: 500,
    batch: 16,
    game: (filters) =>
      gan({
        generator: resnetGenerator({ sample, latents, filters: 2 * filters }),
        discriminator: unetDiscriminator({ sample, filters }),
        objective: [
          hinge(),
          reading({ score: 'pixels' }, hinge()),
          scheduled((step) => Math.min(1, step / 500), cutMix()),
        ],
        optimizer: adam({ learningRate: 4e-4, beta1: 0, beta2: 0.9 }),
        averaged,
      }),
  },
  patch: {
    paper: '1611.07004',
    networks: { generator: 'DCGAN', judge: 'patches of 34 x 34, spectral norm, DiffAugment' },
    objective: 'hinge',
    filters: 32,
    steps: 800,
    batch: 16,
    game: (filters) =>
      gan({
        generator: dcganGenerator({ sample, latents, filters }),
        discriminator: augmented(patchDiscriminator({ sample, filters, layers: 2, normalization: 'spectral' }), {
          augment,
        }),
        objective: [hinge()],
        optimizer: adam({ learningRate: 4e-4, beta1: 0.5 }),
        averaged,
      }),
  },
  gman: {
    paper: '1611.01673',
    networks: { generator: 'DCGAN', judge: 'jury of two DCGANs, of 32 x 32 and of 16 x 16, DiffAugment' },
    objective: 'non-saturating, strictness 1',
    filters: 24,
    steps: 1000,
    batch: 16,
    game: (filters) => {
      const fine = dcganDiscriminator({ sample, filters });
      const coarse = atScale(dcganDiscriminator({ sample: [16, 16, 3], filters }), { sample });
      return gan({
        generator: dcganGenerator({ sample, latents, filters }),
        discriminator: augmented(jury({ fine, coarse }), { augment }),
        objective: [ofJury({ judges: ['fine', 'coarse'], strictness: 1 }, nonSaturating())],
        optimizer: adam({ learningRate: 4e-4, beta1: 0.5 }),
        averaged,
      });
    },
  },
  began: {
    paper: '1703.10717',
    networks: { generator: 'BEGAN, skips, centered', judge: 'autoencoder of BEGAN, skips, centered' },
    objective: 'boundary equilibrium, diversity 0.7',
    filters: 16,
    steps: 1500,
    batch: 16,
    game: (filters) => {
      const size = { sample, filters, skips: true };
      // Between the mean of emoji, 0.66, and their white ground; about 0, both networks come to rest at grey.
      const center = 0.8;
      const autoencoder = centered(beganAutoencoder(size), { center });
      return gan({
        generator: centered(beganGenerator({ ...size, latents }), { center }),
        discriminator: reconstructionEnergy(autoencoder, { power: 1 }),
        objective: [boundaryEquilibrium({ diversity: 0.7, rate: 0.01 })],
        samples: { latents: { uniform: [latents] } },
        optimizer: adam({ learningRate: 5e-4, beta1: 0.5 }),
        averaged,
      });
    },
  },
  ebgan: {
    paper: '1609.03126',
    networks: { generator: 'DCGAN', judge: 'autoencoder of EBGAN' },
    objective: 'energy-based of margin 0.3, pulling away',
    filters: 16,
    steps: 1000,
    batch: 32,
    game: (filters) =>
      gan({
        generator: dcganGenerator({ sample, latents, filters: 2 * filters }),
        discriminator: reconstructionEnergy(ebganAutoencoder({ sample, filters })),
        objective: [energyBased({ margin: 0.3 }), weighted(0.1, pullingAway())],
        optimizer: adam({ learningRate: 5e-4, beta1: 0.5 }),
        averaged,
      }),
  },
} satisfies Readonly<Record<string, Entry>>;
