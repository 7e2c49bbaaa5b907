import { conformance } from '../../network-conformance.fixture.js';
import { dcganDiscriminator } from './dcgan-discriminator.js';
import { dcganGenerator } from './dcgan-generator.js';

const picture = { sample: [12, 12, 2], filters: 4 } as const;

conformance({
  generator: dcganGenerator({ ...picture, latents: 5 }),
  'generator of 3 classes': dcganGenerator({ ...picture, latents: [5, 2], classes: 3 }),
  discriminator: dcganDiscriminator(picture),
  'discriminator of 3 classes, by projection': dcganDiscriminator({ ...picture, classes: 3 }),
  'discriminator of 3 classes, by concatenation, with a sigmoid': dcganDiscriminator({
    ...picture,
    classes: 3,
    condition: 'concatenation',
    head: 'sigmoid',
  }),
});
